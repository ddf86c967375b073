import { expect, test } from 'vitest';
import { noticeText } from './texts';
import { momentIn } from './texts/template';

const dueAt = Date.parse('2026-11-27T08:30:00Z');

test('the deadline of a mandate is spelled as a date with its time zone, in every mail and in the app', () => {
  const organization = 'Northwind';
  for (const notice of [
    { kind: 'mandate_activated', data: { organization, dueAt } },
    { kind: 'mandate_reminder', data: { organization, hours: 12, dueAt } },
  ] as const) {
    expect(noticeText(notice).body.join(' ')).toContain('Fri 27 Nov 2026, 08:30 UTC');
    expect(noticeText(notice, momentIn('Asia/Kolkata')).body.join(' ')).toMatch(
      /Fri 27 Nov 2026, 14:00 (IST|GMT\+5:30)/,
    );
  }
});

test('a reset contact email tells of a hand-over PIN only where one was made', () => {
  const data = { by: 'Ann', organization: 'Northwind', reason: 'lost' };
  const text = (pin: boolean) => noticeText({ kind: 'contact_reset_by_admin', data: { ...data, pin } }).body;
  expect(text(true).join(' ')).toContain('PIN');
  expect(text(false).join(' ')).not.toContain('PIN');
});
