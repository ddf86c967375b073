import { type DomainFault, parseDomain } from './domain-name';
import { fail, ok, type Result } from './result';

/** An email address in the form that is stored, compared and mailed to. */
export type EmailAddress = { readonly email: string; readonly local: string; readonly domain: string };

export type AddressFault =
  | DomainFault
  | { readonly code: 'at_missing' }
  /** A sign that only looks like `@`. */
  | { readonly code: 'at_lookalike'; readonly character: string }
  | { readonly code: 'local_missing' }
  | { readonly code: 'local_too_long'; readonly maximum: number }
  | { readonly code: 'illegal_character'; readonly character: string }
  | { readonly code: 'leading_symbol'; readonly character: string }
  | { readonly code: 'ending_symbol'; readonly character: string }
  | { readonly code: 'consecutive_symbols'; readonly characters: string };

const localLengthMax = 64;
const emailLengthMax = 254;

type Parts = { readonly local: string; readonly domain: string };

/** Cuts at the last `@`; white space around a typed address is not part of it. */
function split(typed: string): Result<Parts, AddressFault> {
  const text = typed.trim();
  const lookalike = /[\uff20\ufe6b]/u.exec(text)?.[0];
  if (lookalike !== undefined) return fail({ code: 'at_lookalike', character: lookalike });
  const at = text.lastIndexOf('@');
  if (at < 0) return fail({ code: 'at_missing' });
  return ok({ local: text.slice(0, at), domain: text.slice(at + 1) });
}

/** Assembles the canonical address, or tells what is wrong with its local part or domain. */
function assemble(
  { local, domain }: Parts,
  checkLocal: (local: string) => readonly AddressFault[],
): Result<EmailAddress, readonly AddressFault[]> {
  const faults: AddressFault[] = [...checkLocal(local)];
  if (local === '') faults.push({ code: 'local_missing' });
  if (local.length > localLengthMax) faults.push({ code: 'local_too_long', maximum: localLengthMax });
  const parsed = parseDomain(domain);
  if (!parsed.ok) return fail([...faults, parsed.error]);
  if (faults.length > 0) return fail(faults);
  const canonical = local.toLowerCase();
  const email = `${canonical}@${parsed.value}`;
  if (email.length > emailLengthMax) return fail([{ code: 'domain_too_long' }]);
  return ok({ email, local: canonical, domain: parsed.value });
}

/** The first character outside a set, as a fault; the set is written as a character class. */
function illegalIn(local: string, allowed: RegExp): readonly AddressFault[] {
  const character = [...local].find((each) => !allowed.test(each));
  return character === undefined ? [] : [{ code: 'illegal_character', character }];
}

function loginLocalFaults(local: string): readonly AddressFault[] {
  const faults = [...illegalIn(local, /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]$/)];
  if (local.startsWith('.')) faults.push({ code: 'leading_symbol', character: '.' });
  if (local.endsWith('.')) faults.push({ code: 'ending_symbol', character: '.' });
  if (local.includes('..')) faults.push({ code: 'consecutive_symbols', characters: '..' });
  return faults;
}

/**
 * Parses a login email: the domain is what follows the last `@`, in lower case and A-labels. Display names,
 * quotes, commas and look-alikes of `@` are refused before anything is sent anywhere.
 */
export function parseLoginEmail(typed: string): Result<EmailAddress, readonly AddressFault[]> {
  const parts = split(typed);
  return parts.ok ? assemble(parts.value, loginLocalFaults) : fail([parts.error]);
}

function contactLocalFaults(local: string): readonly AddressFault[] {
  const faults = [...illegalIn(local, /^[A-Za-z0-9.+\-_]$/)];
  const leading = /^[.+\-_]/.exec(local)?.[0];
  if (leading !== undefined) faults.push({ code: 'leading_symbol', character: leading });
  const ending = /[.+\-_]$/.exec(local)?.[0];
  if (ending !== undefined) faults.push({ code: 'ending_symbol', character: ending });
  const consecutive = /[.+\-_]{2,}/.exec(local)?.[0];
  if (consecutive !== undefined) faults.push({ code: 'consecutive_symbols', characters: consecutive });
  return faults;
}

/**
 * Parses a contact email by the programme's grammar: letters, digits and `.` `+` `-` `_`, of which none may
 * lead, end or follow another. All faults at once, each with its own code.
 */
export function parseContactEmail(typed: string): Result<EmailAddress, readonly AddressFault[]> {
  const parts = split(typed);
  return parts.ok ? assemble(parts.value, contactLocalFaults) : fail([parts.error]);
}

/** What is wrong with a typed address, and how to mend it. */
export function addressFaultText(fault: AddressFault): string {
  switch (fault.code) {
    case 'at_missing':
      return 'An email address needs an @. Write it like name@example.com.';
    case 'at_lookalike':
      return `“${fault.character}” only looks like an @. Type the @ again.`;
    case 'local_missing':
      return 'There is nothing before the @. Add the name of the mailbox.';
    case 'local_too_long':
      return `The part before the @ has more than ${fault.maximum} characters.`;
    case 'illegal_character':
      return fault.character.trim() === ''
        ? 'There is a space before the @. Remove it.'
        : `“${fault.character}” cannot be used before the @. Remove it.`;
    case 'leading_symbol':
      return `An address cannot begin with “${fault.character}”.`;
    case 'ending_symbol':
      return `The part before the @ cannot end with “${fault.character}”.`;
    case 'consecutive_symbols':
      return `“${fault.characters}” cannot stand together. Use one of them.`;
    case 'domain_missing':
      return 'There is nothing after the @. Add the domain, like example.com.';
    case 'domain_single_label':
      return 'The domain needs a dot, like example.com.';
    case 'domain_illegal':
      return 'The part after the @ is not a domain. Write it like example.com.';
    case 'domain_too_long':
      return 'The address is too long.';
    case 'domain_ip_literal':
      return 'The part after the @ is a numeric address. Use a domain, like example.com.';
    case 'domain_mixed_scripts':
      return `“${fault.label}” mixes letters of different scripts. Type the domain again.`;
  }
}
