import 'server-only';

/** Six digits as typed: spaces and hyphens dropped, digits of any script taken for what they mean; null for anything else. */
export function sixDigits(typed: string): string | null {
  const digits = typed.replace(/[\s\-‐-―]/gu, '').replace(/\p{Nd}/gu, digitValue);
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** Unicode keeps each script's ten digits together, so that the first of a run is its zero. */
function digitValue(digit: string): string {
  let zero = digit.codePointAt(0) ?? 0;
  const own = zero;
  while (own - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((own - zero) % 10);
}
