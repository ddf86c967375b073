import {
  Activity,
  Fingerprint,
  Globe,
  KeyRound,
  LayoutDashboard,
  LayoutList,
  ListChecks,
  LockKeyhole,
  Mail,
  MonitorSmartphone,
  ScrollText,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/app-shell';
import type { PlaceGroup } from '@/components/place-list';
import type { CurrentSession } from '@/lib/session/current';
import { MandateCallouts } from './mandate-callouts';
import { PasswordCallout } from './password-callout';
import { CookieRenewal } from './session-end/cookie-renewal';
import { endsOf } from './session-end/ends';
import { SessionEndWatch } from './session-end/watch';
import { SignOutForm } from './sign-out/form';

const accountPlaces: PlaceGroup = {
  label: 'Your account',
  places: [
    { href: '/account', label: 'Overview', icon: <ListChecks aria-hidden /> },
    { href: '/account/password', label: 'Password', icon: <LockKeyhole aria-hidden /> },
    { href: '/account/two-factor', label: 'Two-factor', icon: <ShieldCheck aria-hidden /> },
    { href: '/account/passkeys', label: 'Passkeys', icon: <Fingerprint aria-hidden /> },
    { href: '/account/backup-codes', label: 'Backup codes', icon: <KeyRound aria-hidden /> },
    { href: '/account/contact-email', label: 'Contact email', icon: <Mail aria-hidden /> },
    { href: '/account/sessions', label: 'Sessions', icon: <MonitorSmartphone aria-hidden /> },
    { href: '/account/activity', label: 'Activity', icon: <Activity aria-hidden /> },
  ],
};

function organizationPlaces(slug: string, name: string): PlaceGroup {
  const at = `/organizations/${slug}`;
  return {
    label: name,
    places: [
      { href: at, label: 'Overview', icon: <LayoutDashboard aria-hidden /> },
      { href: `${at}/members`, label: 'Members', icon: <Users aria-hidden /> },
      { href: `${at}/domains`, label: 'Domains', icon: <Globe aria-hidden /> },
      { href: `${at}/policies`, label: 'Policies', icon: <SlidersHorizontal aria-hidden /> },
      { href: `${at}/security`, label: 'Two-factor rule', icon: <ShieldCheck aria-hidden /> },
      { href: `${at}/audit`, label: 'Audit log', icon: <ScrollText aria-hidden /> },
      { href: `${at}/settings`, label: 'Settings', icon: <Settings aria-hidden /> },
    ],
  };
}

const allOrganizations: PlaceGroup = {
  label: 'Organizations',
  places: [{ href: '/organizations', label: 'All organizations', icon: <LayoutList aria-hidden /> }],
};

const platformPlaces: PlaceGroup = {
  label: 'Platform',
  places: [{ href: '/operator/claims', label: 'Claims', icon: <Globe aria-hidden /> }],
};

type ShellProps = {
  readonly session: CurrentSession;
  /** The organization whose place this is. */
  readonly slug?: string;
  readonly wide?: boolean;
  readonly callouts?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of every signed-in page, drawn from the session alone. */
export function Shell({ session, slug, wide, callouts, children }: ShellProps) {
  const open = session.memberships.filter((membership) => membership.suspendedAt === null);
  const here = open.find((membership) => membership.slug === slug);
  const helps = here !== undefined && (here.role === 'owner' || here.role === 'admin');
  const groups =
    here && helps
      ? [organizationPlaces(here.slug, here.name), accountPlaces]
      : [accountPlaces, allOrganizations];
  const places = session.isOperator ? [...groups, platformPlaces] : groups;
  return (
    <AppShell
      organizations={open.map((membership) => ({
        href: `/organizations/${membership.slug}`,
        name: membership.name,
        note: membership.role,
        current: membership.slug === slug,
      }))}
      groups={places}
      person={{ name: session.name, email: session.loginEmail }}
      signOut={<SignOutForm />}
      unread={session.unreadNotices}
      wide={wide}
      callouts={
        <>
          <MandateCallouts session={session} />
          <PasswordCallout session={session} />
          {callouts}
        </>
      }
    >
      {children}
      <SessionEndWatch ends={endsOf(session)} />
      {session.isCookieTooLong && <CookieRenewal />}
    </AppShell>
  );
}
