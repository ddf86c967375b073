import type { Metadata } from 'next';
import { ChangePasswordForm } from '@/app/(sign-in)/change-password/form';
import { Card } from '@/components/ui/card';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { ruleTuple } from '@/lib/policy/password';
import { requireSession } from '@/lib/session/current';

export const metadata: Metadata = { title: 'Password' };

export default async function PasswordPage() {
  const session = await requireSession();
  const { policy, now, passwordSetAt } = session;
  return (
    <>
      <PageHeader
        title="Password"
        description={
          passwordSetAt === null ? (
            'You have no password yet. Use “Forgot password?” on the sign-in page to set one.'
          ) : (
            <>
              Set <Moment at={passwordSetAt} now={now} />.
            </>
          )
        }
      />
      <Card
        title="Change password"
        description="Your other sessions end, and other browsers count as new again."
      >
        <ChangePasswordForm
          occasion="choice"
          email={session.loginEmail}
          rules={ruleTuple(policy.values)}
          names={{
            person: session.name,
            login: session.loginEmail,
            organizations: session.memberships.map(({ name }) => name),
          }}
          reuse={policy.values.passwordReuse}
        />
      </Card>
    </>
  );
}
