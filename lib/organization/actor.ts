import 'server-only';
import type { AuditActor, PersonalData } from '@/lib/io/audit';

/** Who asks, as the session names them. */
export type Actor = {
  readonly accountId: string;
  readonly sessionId: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
};

/** Who asks within an organization; the organization comes from the caller's own membership, never from a form. */
export type MemberActor = Actor & { readonly organizationId: string };

/** The person an audit row is about, where that is not the actor. */
type About = { readonly name?: string; readonly email?: string };

/** The actor's part of an audit row. */
export const auditActor = (
  actor: Actor,
  about: About = {},
): { readonly actor: AuditActor; readonly personal: PersonalData } => ({
  actor: { kind: 'account', id: actor.accountId },
  personal: { ...about, address: actor.address, userAgent: actor.userAgent },
});

type MemberCaller = {
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly session: { readonly id: string; readonly accountId: string };
  readonly membership: { readonly organizationId: string };
};

/** The caller of an action behind a member's door, as capabilities want to know them. */
export const memberActor = ({ address, userAgent, session, membership }: MemberCaller): MemberActor => ({
  accountId: session.accountId,
  sessionId: session.id,
  address,
  userAgent,
  organizationId: membership.organizationId,
});
