import { Users } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { CodeText } from '@/components/ui/code-text';
import { CopyButton } from '@/components/ui/copy-button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { type DemoAccount, demoAccounts } from '@/lib/account/demo-accounts';
import { requireDesk } from '../access';
import { FreshCodes } from './fresh-codes';

const columns = [
  {
    key: 'account',
    header: 'Account',
    lead: true,
    cell: ({ email, places }: DemoAccount) => (
      <>
        <span className="block break-all font-medium sm:whitespace-nowrap">{email}</span>
        <span className="block font-normal text-muted text-xs">{places.join('; ')}</span>
      </>
    ),
  },
  { key: 'state', header: 'State', cell: ({ state }: DemoAccount) => state },
  {
    key: 'code',
    header: 'Code now',
    align: 'end',
    cell: ({ code }: DemoAccount) =>
      code === null ? <span className="text-muted">None</span> : <CodeText>{code}</CodeText>,
  },
] as const;

export default async function DemoPage() {
  await requireDesk();
  const demo = await demoAccounts();
  return (
    <>
      <PageHeader
        title="Demo accounts"
        description={
          <>
            Made for this database alone. <TextLink href="/login">Sign in</TextLink> as any of them; where a
            code is asked for, take what their authentication app would show.
          </>
        }
      />
      {demo === null ? (
        <Card>
          <EmptyState icon={<Users aria-hidden />} title="No demo here">
            It is put into an empty database of our own only.
          </EmptyState>
        </Card>
      ) : (
        <>
          <Card
            title="Password of all"
            description={<CodeText>{demo.password}</CodeText>}
            aside={<CopyButton text={demo.password} accessibleLabel="Copy the password" />}
          />
          <Card title="Accounts" description="A code works once, and changes every 30 seconds." flush>
            <DataTable
              caption="Accounts"
              columns={columns}
              rows={demo.accounts}
              rowKey={({ email }) => email}
            />
          </Card>
          <FreshCodes changeInMs={demo.changeInMs} />
        </>
      )}
    </>
  );
}
