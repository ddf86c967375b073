import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backupAlphabet,
  backupCodeFrom,
  formatBackupCode,
  formatHandOverPin,
  handOverPinFrom,
  normalizeBackupCode,
  normalizeCode,
  normalizeHandOverPin,
} from './typed-code';

describe('a typed code', () => {
  test.each([
    '123456',
    '123 456',
    '123-456',
    ' 1 2 3 4 5 6\n',
    '١٢٣٤٥٦',
    '１２３‐４５６',
    '१२३४५६',
    '𝟏𝟐𝟑𝟒𝟓𝟔',
  ])('%j is 123456', (typed) => expect(normalizeCode(typed)).toBe('123456'));
  test.each([
    '',
    '12345',
    '1234567',
    'abcdef',
    '1e5',
    '12345\u0000',
    '+12345',
    '12.3456',
    '½23456',
    ' '.repeat(65),
  ])('%j is no code', (typed) => expect(normalizeCode(typed)).toBeNull());
  test('every script’s zero to nine are digits', () => {
    for (const zero of [0x660, 0x6f0, 0x966, 0xe50, 0x1946, 0xa9d0, 0x11066, 0x1d7ce, 0x1e950]) {
      const typed = [5, 0, 9, 1, 8, 3].map((digit) => String.fromCodePoint(zero + digit)).join('');
      expect(normalizeCode(typed)).toBe('509183');
    }
  });
});

describe('a backup code', () => {
  test('reads back however it is typed', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(bytes, (random) => {
        const code = backupCodeFrom(random);
        const shown = formatBackupCode(code);
        expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
        const typed = ` ${shown.toLowerCase().replace('0', 'o').replace('1', 'l').replace('-', ' – ')} `;
        expect(normalizeBackupCode(typed)).toBe(code);
      }),
    );
  });
  test('uses each of the 32 signs for one of the 32 values', () => {
    const signs = Array.from({ length: 32 }, (_, value) =>
      backupCodeFrom(new Uint8Array(10).fill(value + 224)),
    );
    expect(new Set(signs.map((sign) => sign[0])).size).toBe(32);
    expect(backupAlphabet).not.toMatch(/[ILOU]/);
  });
  test.each(['', 'ABCDE', 'ABCDE-FGHJU', 'ABCDE-FGHJKM', 'ABCDE\u0000FGHJK'])('%j is none', (typed) => {
    expect(normalizeBackupCode(typed)).toBeNull();
  });
  test('a hand-over PIN has eight of the same signs', () => {
    expect(normalizeHandOverPin('abcd efgo')).toBe('ABCDEFG0');
    expect(normalizeHandOverPin('abcd')).toBeNull();
    const pin = handOverPinFrom(new Uint8Array(8).map((_, at) => 255 - at));
    expect(formatHandOverPin(pin)).toBe('ZYXW-VTSR');
    expect(normalizeHandOverPin(formatHandOverPin(pin))).toBe(pin);
  });
});
