const firstCode = 128;
const base = 36;
const thresholdMin = 1;
const thresholdMax = 26;

const digitOf = (character: string): number => {
  const digit = Number.parseInt(character, base);
  return Number.isNaN(digit) ? -1 : (digit + 26) % base;
};

/** RFC 3492, 6.1. */
function adapted(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / length);
  let k = 0;
  while (rest > ((base - thresholdMin) * thresholdMax) / 2) {
    rest = Math.floor(rest / (base - thresholdMin));
    k += base;
  }
  return k + Math.floor(((base - thresholdMin + 1) * rest) / (rest + 38));
}

/** Reads one generalized variable-length integer; null where the input ends or is no digit. */
function readDelta(
  digits: readonly number[],
  start: number,
  bias: number,
): { value: number; next: number } | null {
  let value = 0;
  let weight = 1;
  for (let k = base, at = start; ; k += base, at += 1) {
    const digit = digits[at] ?? -1;
    if (digit < 0 || value > 0x7fffffff) return null;
    value += digit * weight;
    const threshold = Math.min(thresholdMax, Math.max(thresholdMin, k - bias));
    if (digit < threshold) return { value, next: at + 1 };
    weight *= base - threshold;
  }
}

/**
 * The Unicode form of a label that starts with `xn--`, by RFC 3492; other labels as they are; null where the
 * label is no Punycode. Needed to look at the scripts of a label whichever way it was typed.
 */
export function unicodeLabel(label: string): string | null {
  if (!label.startsWith('xn--')) return label;
  const text = label.slice(4);
  const cut = text.lastIndexOf('-');
  const output = [...text.slice(0, Math.max(0, cut))];
  const digits = [...text.slice(cut + 1)].map(digitOf);
  let code = firstCode;
  let index = 0;
  let bias = 72;
  for (let at = 0; at < digits.length; ) {
    const delta = readDelta(digits, at, bias);
    if (delta === null) return null;
    const first = at === 0;
    index += delta.value;
    at = delta.next;
    bias = adapted(delta.value, output.length + 1, first);
    code += Math.floor(index / (output.length + 1));
    index %= output.length + 1;
    if (code > 0x10ffff) return null;
    output.splice(index, 0, String.fromCodePoint(code));
    index += 1;
  }
  return output.join('');
}
