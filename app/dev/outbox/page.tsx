import { Inbox, Mail, MessageSquare } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CodeText } from '@/components/ui/code-text';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { type DeskMessage, deskMessages } from '@/lib/io/desk';
import { requireDesk } from '../access';
import { MessageText } from './message-text';

type OutboxProps = { readonly searchParams: Promise<{ readonly to?: string | readonly string[] }> };

export default async function Outbox({ searchParams }: OutboxProps) {
  await requireDesk();
  const { to } = await searchParams;
  const recipient = typeof to === 'string' ? to.replace(/^ /, '+').trim() : '';
  const messages = await deskMessages(recipient === '' ? {} : { to: recipient }, 50);
  return (
    <>
      <PageHeader
        title="Mail and SMS"
        description="What would have left for the outside world, newest first. Nothing here was really sent."
      />
      <form action="/dev/outbox" className="flex flex-wrap items-end gap-3">
        <Field id="to" label="To" className="min-w-0 flex-1 basis-56">
          <Input id="to" name="to" defaultValue={recipient} placeholder="Address or number" />
        </Field>
        <button type="submit" className={buttonClass()}>
          Show
        </button>
      </form>
      {messages.length === 0 && (
        <EmptyState icon={<Inbox aria-hidden />} title="No messages yet">
          Messages appear here a moment after something sends one. Load the page again to see them.
        </EmptyState>
      )}
      <ol className="flex flex-col gap-4">
        {messages.map((message) => (
          <li key={message.id}>
            <Message message={message} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Message({ message }: { readonly message: DeskMessage }) {
  const { channel, subject, to, from, text, sentAt } = message;
  return (
    <Card
      title={subject ?? 'Text message'}
      description={
        <>
          To <CodeText>{to}</CodeText>, from <CodeText>{from}</CodeText>
          <br />
          <Moment at={Date.parse(sentAt)} show="absolute" />
        </>
      }
      aside={
        channel === 'email' ? (
          <Badge icon={<Mail aria-hidden />}>Email</Badge>
        ) : (
          <Badge icon={<MessageSquare aria-hidden />}>SMS</Badge>
        )
      }
    >
      <MessageText text={text} />
    </Card>
  );
}
