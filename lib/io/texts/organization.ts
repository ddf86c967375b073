import 'server-only';
import { count, plainText, securityText, type Templates } from './template';

const setUp = { label: 'Set up two-factor authentication', path: '/account/two-factor' } as const;
const organizations = { label: 'See your organizations', path: '/organizations' } as const;

export const dutyTexts: Templates<
  'programme_upcoming' | 'mandate_activated' | 'mandate_reminder' | 'mandate_signed_out' | 'mandate_pausing'
> = {
  programme_upcoming: ({ days, dueAt, changes }, spell) =>
    plainText(
      days === 0 ? 'Your sign-in changes today' : `Your sign-in changes in ${count(days, 'day')}`,
      [
        `From ${spell(dueAt)} these rules hold for your account:`,
        ...changes.map((change) => `• ${change}`),
        'You can get ready today.',
      ],
      { label: 'See what changes', path: '/security-changes' },
    ),
  mandate_activated: ({ organization, dueAt }, spell) =>
    plainText(
      `${organization} asks for a second factor`,
      [
        `${organization} requires two-factor authentication. Set it up by ${spell(dueAt)}; after that you are asked to when you sign in.`,
      ],
      setUp,
    ),
  mandate_reminder: ({ organization, hours, dueAt }, spell) =>
    plainText(
      `${count(hours, 'hour')} left to set up your second factor`,
      [
        `${organization} requires two-factor authentication from ${spell(dueAt)}. You will then be signed out to set it up.`,
      ],
      setUp,
    ),
  mandate_signed_out: ({ organization }) =>
    plainText(
      'You were signed out to set up two-factor authentication',
      [`${organization} requires two-factor authentication. Set it up when you next sign in.`],
      { label: 'Sign in', path: '/login' },
    ),
  mandate_pausing: ({ organization, days, at }, spell) =>
    plainText(
      `Mandatory two-factor authentication pauses in ${count(days, 'day')}`,
      [
        `The new plan of ${organization} does not include it. It pauses on ${spell(at)}; nobody loses a second factor.`,
      ],
      organizations,
    ),
};

export const organizationTexts: Templates<
  | 'policy_changed'
  | 'owner_refused'
  | 'role_changed'
  | 'owner_changed'
  | 'membership_ended'
  | 'organization_closing'
  | 'help_wanted'
  | 'test_message'
> = {
  policy_changed: ({ organization, domain, by, changes }) =>
    plainText(
      `The sign-in policy of ${domain} changed`,
      [
        `${by} changed the policy that ${organization} set for ${domain}:`,
        ...changes.map((change) => `• ${change}`),
      ],
      organizations,
    ),
  owner_refused: ({ organization, address, at }, spell) =>
    securityText(`Refused by the address list of ${organization}`, [
      `You entered the right email from ${address} on ${spell(at)}, but the address list of ${organization} does not allow that address.`,
      'Another owner can change the list, or you can use an emergency code.',
    ]),
  role_changed: ({ organization, by, role }) =>
    plainText(
      `Your role in ${organization} changed`,
      [`${by} made you ${role} of ${organization}.`],
      organizations,
    ),
  owner_changed: ({ organization, by, person, role }) =>
    securityText(`${person} is no longer an owner of ${organization}`, [
      role === null
        ? `${by} removed ${person} from ${organization}.`
        : `${by} made ${person} ${role} of ${organization}.`,
      'Every owner is told of this.',
    ]),
  membership_ended: ({ organization, suspended }) =>
    plainText(
      suspended ? `Your access to ${organization} is suspended` : `You are no longer in ${organization}`,
      [
        suspended
          ? `You cannot enter ${organization} for now. Its owners can tell you more.`
          : `Your membership in ${organization} has ended. Your account and your other organizations stay as they are.`,
      ],
      organizations,
    ),
  organization_closing: ({ organization, by, at }, spell) =>
    plainText(
      `${organization} will be deleted`,
      [
        `${by} asked to delete ${organization}. It will be deleted on ${spell(at)}; an owner can stop it until then.`,
      ],
      organizations,
    ),
  help_wanted: ({ from, question }) =>
    plainText(`${from} asks for help with signing in`, [question], organizations),
  test_message: ({ by }) =>
    plainText('A test message', [`${by} sent this to see whether messages arrive. They do.`]),
};

const claimed = (organization: string, domain: string) => `${organization}’s claim of ${domain}`;

export const claimTexts: Templates<
  | 'claim_submitted'
  | 'claim_approved'
  | 'claim_rejected'
  | 'claim_at_risk'
  | 'claim_recovered'
  | 'claim_lapsed'
  | 'claim_revoked'
  | 'claim_disputed'
  | 'domain_claimed'
> = {
  claim_submitted: ({ organization, domain }) =>
    plainText(
      `${domain} is being claimed`,
      [`${claimed(organization, domain)} was submitted and is being checked.`],
      organizations,
    ),
  claim_approved: ({ organization, domain }) =>
    plainText(
      `${domain} is verified`,
      [
        `${claimed(organization, domain)} is verified. Its policy is still inactive: look it over, then activate it.`,
      ],
      organizations,
    ),
  claim_rejected: ({ organization, domain, reason }) =>
    plainText(
      `The claim of ${domain} was rejected`,
      [`${claimed(organization, domain)} was rejected.`, `Reason given: ${reason}`],
      organizations,
    ),
  claim_at_risk: ({ organization, domain, days, lapsesAt }, spell) =>
    plainText(
      `The claim of ${domain} is at risk`,
      [
        `The TXT record that proves ${claimed(organization, domain)} has been missing for ${count(days, 'day')}.`,
        `Restore it by ${spell(lapsesAt)}, or the claim lapses and its policy stops.`,
      ],
      organizations,
    ),
  claim_recovered: ({ organization, domain }) =>
    plainText(
      `${domain} is safe again`,
      [`The TXT record of ${claimed(organization, domain)} was found again.`],
      organizations,
    ),
  claim_lapsed: ({ organization, domain }) =>
    plainText(
      `The claim of ${domain} has lapsed`,
      [`${claimed(organization, domain)} has lapsed and its policy has stopped.`],
      organizations,
    ),
  claim_revoked: ({ organization, domain }) =>
    plainText(
      `The claim of ${domain} was revoked`,
      [`${claimed(organization, domain)} was revoked and its policy has stopped.`],
      organizations,
    ),
  claim_disputed: ({ organization, domain, decidedAt }, spell) =>
    plainText(
      `The claim of ${domain} is disputed`,
      [
        `Somebody else has proven control of ${domain}, which ${organization} holds. Without your TXT record it is transferred on ${spell(decidedAt)}.`,
      ],
      organizations,
    ),
  domain_claimed: ({ organization, domain }) =>
    plainText(`${organization} now manages ${domain}`, [
      `${organization} has proven that it controls ${domain}, the domain of your login email. It may now set how accounts in it sign in.`,
    ]),
};
