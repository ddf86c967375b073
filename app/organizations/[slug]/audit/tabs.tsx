import { Tabs } from '@/components/ui/tabs';

/** The organization's own log and, for owners, what happened with the accounts it manages. */
export function AuditTabs({ slug, isOwner }: { readonly slug: string; readonly isOwner: boolean }) {
  if (!isOwner) return null;
  const at = `/organizations/${slug}/audit`;
  return (
    <Tabs
      label="Audit log"
      tabs={[
        { href: at, label: 'Organization' },
        { href: `${at}/accounts`, label: 'Managed accounts' },
      ]}
    />
  );
}
