import { TextLink } from '@/components/ui/text-link';
import { isDeskOn } from '@/lib/sign-in/desk';

/** While the development desk is on, it has what an authentication app of a demo account shows. */
export function DemoLink() {
  if (!isDeskOn()) return null;
  return (
    <p className="text-muted text-sm">
      Here to look around? <TextLink href="/dev/demo">Demo accounts and their codes</TextLink>
    </p>
  );
}

/** While the development desk plays the mailbox, pages that sent something lead to it. */
export function DeskLink() {
  if (!isDeskOn()) return null;
  return (
    <p className="text-muted text-sm">
      Nothing leaves this machine: read messages at the{' '}
      <TextLink href="/dev/outbox">development desk</TextLink>.
    </p>
  );
}
