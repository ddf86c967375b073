import { KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import { SavedForm } from '@/app/factor-set-up/saved-form';
import { BackupCodeList } from '@/components/backup-code-list';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { currentBackupCodes, newBackupCodes, sheetHost } from '@/lib/account/backup-code-screen';
import type { BackupCodeState } from '@/lib/account/backup-codes';
import { isReauthenticated } from '@/lib/policy/reauthentication';
import { safeReturnPath } from '@/lib/policy/return-path';
import { backupCodeCount, backupCodesLow } from '@/lib/policy/typed-code';
import { type CurrentSession, requireSession } from '@/lib/session/current';
import { saved } from './actions';
import { NewCodesForm, ShowCodesForm } from './form';

export const metadata: Metadata = { title: 'Backup codes' };

type StateProps = { readonly session: CurrentSession; readonly state: BackupCodeState };

function Low({ left, next }: { readonly left: number; readonly next: string | null }) {
  if (left > backupCodesLow) return null;
  return (
    <Callout
      tone="warn"
      title={left === 1 ? 'One backup code is left' : `${left} backup codes are left`}
      actions={next && <LinkButton href={next}>Continue</LinkButton>}
    >
      Get new codes before the last one is used.
    </Callout>
  );
}

/** Codes nobody has confirmed yet are shown to whoever just proved it is them. */
async function Unsaved({ session }: { readonly session: CurrentSession }) {
  return (
    <Card
      title="Save these codes"
      description="Each lets you in once if you lose your phone or your app. Keep them where you keep important papers."
    >
      <div className="flex flex-col gap-5">
        <BackupCodeList
          codes={await newBackupCodes(session.accountId)}
          login={session.loginEmail}
          host={sheetHost()}
        />
        <SavedForm action={saved} />
      </div>
    </Card>
  );
}

function Saved({ session, state }: StateProps) {
  const once = session.policy.values.backupCodesShownOnce && state.savedAt !== null;
  return (
    <Card
      title={`${state.left} of ${backupCodeCount} codes left`}
      description={
        <>
          Made <Moment at={state.createdAt} now={session.now} />.{' '}
          {once
            ? 'Your organization shows backup codes only once.'
            : 'You can see them again after confirming that it is you; we mail you each time.'}
        </>
      }
    >
      {!once && <ShowCodesForm login={session.loginEmail} host={sheetHost()} />}
    </Card>
  );
}

function Codes({ session, state }: StateProps) {
  const fresh = state.savedAt === null && isReauthenticated(session, 'strongest');
  return (
    <>
      {fresh ? <Unsaved session={session} /> : <Saved session={session} state={state} />}
      <Card title="New codes" description="Ten new codes; all older ones stop working at once.">
        <NewCodesForm />
      </Card>
    </>
  );
}

export default async function BackupCodesPage({ searchParams }: PageProps<'/account/backup-codes'>) {
  const session = await requireSession();
  const state = await currentBackupCodes(session.accountId);
  const { return_to: returnTo } = await searchParams;
  const next = typeof returnTo === 'string' ? safeReturnPath(returnTo) : null;
  return (
    <>
      <PageHeader
        title="Backup codes"
        description="Your way back in when a phone, an app or a passkey is lost. Each code works once, in any order."
      />
      {state === null ? (
        <Card>
          <EmptyState
            icon={<KeyRound aria-hidden />}
            title="No backup codes yet"
            action={<LinkButton href="/account/two-factor">Set up two-factor authentication</LinkButton>}
          >
            They come with your first authentication app, phone number or passkey.
          </EmptyState>
        </Card>
      ) : (
        <>
          <Low left={state.left} next={next} />
          <Codes session={session} state={state} />
        </>
      )}
    </>
  );
}
