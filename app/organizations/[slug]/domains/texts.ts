import type { CheckFault } from '@/lib/organization/claim-check';
import type { StartFault } from '@/lib/organization/claim-start';
import type { Sighting } from '@/lib/policy/domain-claim';

/** What was seen at the record's place, and what to do about it. */
export function sightingText(sighting: Sighting, domain: string): string {
  switch (sighting) {
    case 'proven':
      return 'The record is there.';
    case 'not_found':
      return 'The record was not found yet. DNS hosts can take from minutes to hours to publish one.';
    case 'other_values':
      return 'There is a TXT record, but with another value. Compare the value: it must be exactly the one shown here.';
    case 'old_token':
      return 'The record holds an earlier value. Replace it with the value shown here.';
    case 'doubled_suffix':
      return `The record was found at …${domain}.${domain}: your DNS host adds the domain by itself. Use the short host.`;
    case 'server_failure':
      return `The name servers of ${domain} answered with a failure. This is theirs to mend; it never counts against you.`;
    case 'timeout':
      return `The name servers of ${domain} did not answer in time. We try again; it never counts against you.`;
    case 'unreachable':
      return `The name servers of ${domain} could not be reached. We try again; it never counts against you.`;
  }
}

export function startFaultText(fault: StartFault): string {
  switch (fault.code) {
    case 'public_provider':
      return `${fault.provider} is a public mail provider: anybody can have a mailbox there, so no organization can claim it. Use your company’s own domain.`;
    case 'public_suffix':
      return 'This is a public suffix: registries give out names under it, so it belongs to nobody. Enter the domain below it that is yours.';
    case 'first_is_own':
      return `The first domain is the one of your own login email: ${fault.domain}. Further domains can be any.`;
    case 'email_unproven':
      return 'Your login email is not verified yet. Open the link that was mailed to it, then claim its domain.';
    case 'already_claimed':
      return 'This domain is already in the list below.';
    case 'not_allowed':
      return 'Only an owner can claim a domain.';
    case 'domain_missing':
      return 'Enter a domain, like example.com.';
    case 'domain_single_label':
      return 'A domain needs a dot, like example.com.';
    case 'domain_too_long':
      return 'This is too long for a domain.';
    case 'domain_ip_literal':
      return 'This is a numeric address. Enter a domain, like example.com.';
    case 'domain_mixed_scripts':
      return `“${fault.label}” mixes letters of different scripts. Type the domain again.`;
    case 'domain_illegal':
      return 'This is not a domain. Write it like example.com.';
  }
}

export function checkFaultText(fault: CheckFault): string {
  switch (fault.code) {
    case 'held_elsewhere':
      return 'Another organization holds this domain already. Ask its owners to revoke their claim first.';
    case 'token_expired':
      return 'The seven days for this value are over. Get a new value and put it into the record.';
    case 'unknown_claim':
      return 'This claim has ended. Claim the domain again if you still want it.';
  }
}
