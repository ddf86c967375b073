import 'server-only';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { settings } from '@/lib/io/env';
import { fail, ok, type Result } from '@/lib/policy/result';

export type PhoneRefusal =
  | { readonly code: 'number_missing' }
  | { readonly code: 'number_malformed' }
  | { readonly code: 'number_cannot_receive' }
  | { readonly code: 'country_not_allowed' };

const isAllowed = (country: string) => settings().smsCountries?.includes(country) ?? true;

/** Whether texts are sent to this number in E.164; the countries may have changed since it was bound. */
export function isServed(number: string): boolean {
  const country = parsePhoneNumberFromString(number)?.country;
  return country !== undefined && isAllowed(country);
}

export type Country = { readonly code: string; readonly name: string; readonly callingCode: string };

/** The countries to which text messages are sent, by name. */
export function smsCountries(): readonly Country[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  return getCountries()
    .filter(isAllowed)
    .map((code) => ({ code, name: names.of(code) ?? code, callingCode: getCountryCallingCode(code) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

const knownCountry = (code: string): CountryCode | undefined => getCountries().find((each) => each === code);

/** Kinds of numbers on which a text message cannot arrive; numbers of unknown kind are tried. */
const silentTypes: ReadonlySet<string | undefined> = new Set([
  'FIXED_LINE',
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'VOIP',
  'UAN',
  'VOICEMAIL',
  'PAGER',
]);

/** A number as typed, with the country chosen beside it, as E.164. A leading + decides over the country. */
export function parsePhone(typed: string, country: string): Result<string, PhoneRefusal> {
  if (typed.trim() === '') return fail({ code: 'number_missing' });
  const defaultCountry = knownCountry(country);
  const parsed = parsePhoneNumberFromString(typed.normalize('NFKC').slice(0, 40), {
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
    extract: false,
  });
  if (!parsed?.isValid() || parsed.ext) return fail({ code: 'number_malformed' });
  if (silentTypes.has(parsed.getType())) return fail({ code: 'number_cannot_receive' });
  if (parsed.country === undefined || !isAllowed(parsed.country))
    return fail({ code: 'country_not_allowed' });
  return ok(parsed.number);
}
