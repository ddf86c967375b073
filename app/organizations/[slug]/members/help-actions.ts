'use server';

import { revalidatePath } from 'next/cache';
import { forbidden, notFound } from 'next/navigation';
import { action, done, type Outcome, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import {
  coolDownMember,
  endMemberSessions,
  type HelpDone,
  type HelpLimit,
  promptPasswordReset,
  unlockMember,
} from '@/lib/organization/help-access';
import {
  readmitMember,
  resetSecondFactors,
  setTemporaryPassword,
  type TemporaryFault,
} from '@/lib/organization/help-authenticators';
import { resetContactEmail } from '@/lib/organization/help-contact-email';
import type { HelpFault } from '@/lib/organization/help-door';
import { contactInput, memberInput } from './input';

/** The wrong role is 403 and an unknown member 404; what the person can mend is said in the form. */
function refused(fault: HelpFault | HelpLimit | TemporaryFault): Outcome {
  switch (fault.code) {
    case 'self':
      return refuse('You cannot do this to yourself. Use your own account pages, or ask another admin.');
    case 'too_many':
      return refuse('This was done three times today for this account. Try again tomorrow.');
    case 'switched_off':
      return refuse('Temporary passwords are switched off for this organization. See its settings.');
    case 'try_again':
      return refuse('Something else changed at the same moment. Nothing was done. Try again.');
    case 'unknown_member':
      return notFound();
    case 'not_allowed':
    case 'role':
    case 'not_managed':
      return forbidden();
  }
}

function told(slug: string, { name, how }: HelpDone, acted: string): Outcome {
  revalidatePath(`/organizations/${slug}/members`);
  switch (how) {
    case 'acted':
      return done(acted);
    case 'here':
      return done(`Done for this organization. The account is ${name}’s own, so nothing else was touched.`);
    case 'mailed':
      return done(`${name} was mailed a link to do this. The account is their own.`);
    case 'nowhere_to_mail':
      return refuse(
        `${name} has no verified address to mail to. Ask them to verify their login email first.`,
      );
  }
}

const common = { input: memberInput, as: 'admin', stepUp: 'recent' } as const;

export const promptReset = action({
  ...common,
  run: async ({ organization, member, reason }, caller) => {
    const result = await promptPasswordReset(memberActor(caller), { memberId: member, reason });
    if (!result.ok) return refused(result.error);
    return told(organization, result.value, `${result.value.name} was asked for a new password.`);
  },
});

export const endSessionsOf = action({
  ...common,
  run: async ({ organization, member, reason }, caller) => {
    const result = await endMemberSessions(memberActor(caller), { memberId: member, reason });
    if (!result.ok) return refused(result.error);
    return told(organization, result.value, `${result.value.name} was signed out everywhere.`);
  },
});

export const unlock = action({
  ...common,
  run: async ({ organization, member, reason }, caller) => {
    const result = await unlockMember(memberActor(caller), { memberId: member, reason });
    if (!result.ok) return refused(result.error);
    return told(organization, result.value, `${result.value.name} can sign in again.`);
  },
});

export const coolDown = action({
  ...common,
  run: async ({ organization, member, reason }, caller) => {
    const result = await coolDownMember(memberActor(caller), { memberId: member, reason });
    if (!result.ok) return refused(result.error);
    return told(organization, result.value, `${result.value.name} can start again.`);
  },
});

export const resetFactors = action({
  ...common,
  run: async ({ organization, member, reason }, caller) => {
    const result = await resetSecondFactors(memberActor(caller), { memberId: member, reason });
    if (!result.ok) return refused(result.error);
    revalidatePath(`/organizations/${organization}/members`);
    return done(`The second factors of ${result.value.name} were removed.`);
  },
});

export const resetContact = action({
  ...common,
  input: contactInput,
  run: async ({ organization, member, reason, email }, caller) => {
    const result = await resetContactEmail(memberActor(caller), { memberId: member, reason, email });
    if (!result.ok) return refused(result.error);
    revalidatePath(`/organizations/${organization}/members`);
    const { name, handOver } = result.value;
    const message = `The contact email of ${name} was ${email === null ? 'cleared' : 'set'}.`;
    return handOver === null ? done(message) : done(message, { pin: handOver.pin });
  },
});

export const letInAgain = action({
  ...common,
  run: async ({ organization, member, reason }, caller) => {
    const result = await readmitMember(memberActor(caller), { memberId: member, reason });
    if (!result.ok) return refused(result.error);
    revalidatePath(`/organizations/${organization}/members`);
    return done(`${result.value.name} can enter again.`);
  },
});

export const setTemporary = action({
  ...common,
  run: async ({ member, reason }, caller) => {
    const result = await setTemporaryPassword(memberActor(caller), { memberId: member, reason });
    if (!result.ok) return refused(result.error);
    return done(`The temporary password of ${result.value.name}`, { password: result.value.password });
  },
});
