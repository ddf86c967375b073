import 'server-only';
import { database } from '@/lib/io/db';
import { consumeLink, peekLink } from '@/lib/io/once';
import type { EffectivePolicy } from '@/lib/policy/effective';
import { fail, type Result } from '@/lib/policy/result';
import type { BegunAttempt } from './attempts';
import {
  type Admission,
  type Registration,
  type RegistrationRefusal,
  register,
  registrationPolicy,
} from './registration';

export type FoundSignUp = {
  readonly email: string;
  readonly policy: EffectivePolicy;
  /** Whose domain the address is in, where that is claimed. */
  readonly organization: string | null;
};

/** What an open sign-up link is for. Looking changes nothing. */
export async function findSignUp(token: string): Promise<FoundSignUp | null> {
  const link = await peekLink(database(), 'sign_up', token);
  if (link === null) return null;
  const policy = await registrationPolicy(link.email, null);
  const domain = policy.layers.find((layer) => layer.kind === 'domain');
  return { email: link.email, policy, organization: domain?.name ?? null };
}

type Typed = Pick<Registration, 'name' | 'password' | 'organization' | 'address' | 'userAgent'>;

/** Creates account and organization by a mailed link, used once; `create` makes the organization in the same transaction. */
export async function registerBySignUp(
  token: string,
  typed: Typed,
  create: Admission,
): Promise<Result<BegunAttempt, RegistrationRefusal>> {
  const link = await peekLink(database(), 'sign_up', token);
  if (link === null) return fail({ code: 'link_gone' });
  const registration = {
    ...typed,
    door: 'sign_up',
    email: link.email,
    joining: null,
    returnTo: null,
  } as const;
  return register(registration, async (tx, accountId) => {
    const used = await consumeLink(tx, 'sign_up', token);
    return used.ok && create(tx, accountId);
  });
}
