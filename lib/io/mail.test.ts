import { describe, expect, it } from 'vitest';
import { renderMail, renderSms } from './mail';
import type { NoticeContent } from './notice-kinds';
import { noticeKinds, noticeText, storedNotice } from './texts';
import { momentIn } from './texts/template';

const appUrl = 'https://id.example.com';
const at = Date.UTC(2026, 10, 27, 14, 0);
const anything = {
  organization: '<b>North & "wind"</b>\r\nBcc: eve@example.com',
  domain: 'northwind.example',
  by: 'Ann\u2028Lee',
  reason: 'a reason',
  reference: 'KM',
  minutes: 15,
  days: 3,
  hours: 12,
  until: at,
  at,
  dueAt: at,
  expiresAt: at,
  readyAt: at,
  lapsesAt: at,
  decidedAt: at,
  changes: ['12 characters'],
  method: 'totp',
  client: 'Firefox',
  address: '192.0.2.1',
  newAddress: 'new@example.com',
  kind: 'mobile',
  role: 'member',
  left: 3,
  failures: 10,
  from: 'Ann',
  question: 'How?',
  suspended: false,
  person: 'Bea',
};
const contents: readonly NoticeContent[] = noticeKinds.flatMap((kind) => storedNotice(kind, anything) ?? []);

describe('every notice', () => {
  it.each(contents)('$kind has words, without gaps, on one line of subject', (content) => {
    const text = noticeText(content);
    const mail = renderMail(text, { appUrl, secret: { url: `${appUrl}/x?a=1&b=2` } });
    expect(mail.subject).not.toMatch(/[\r\n\u2028]/);
    expect(mail.subject.length).toBeGreaterThan(5);
    for (const part of [mail.subject, mail.text, mail.html])
      expect(part).not.toMatch(/undefined|null|NaN|\[object/);
    expect(mail.html).not.toContain('<b>North');
    expect(mail.html.includes('/not-me')).toBe(text.security);
    expect(mail.text.includes('/not-me')).toBe(text.security);
  });

  it('shows a name with markup as text', () => {
    const content = storedNotice('domain_claimed', anything);
    if (!content) throw new Error('unknown kind');
    const { html, text } = renderMail(noticeText(content), { appUrl, secret: null });
    expect(html).toContain('&lt;b&gt;North &amp; &quot;wind&quot;&lt;/b&gt;');
    expect(text).toContain('<b>North & "wind"</b>');
  });

  it('unknown to this version is no notice', () => {
    expect(storedNotice('toString', {})).toBeNull();
  });
});

describe('a code', () => {
  const content = storedNotice('sign_in_code', anything);
  if (!content) throw new Error('unknown kind');
  const frame = { appUrl, secret: { code: '493817' } };

  it('stands in the mail with its reference and not in the subject', () => {
    const mail = renderMail(noticeText(content), frame);
    expect(mail.text).toContain('493817');
    expect(mail.text).toContain('KM');
    expect(mail.html).toContain('493817');
    expect(mail.subject).not.toContain('493817');
  });

  it('ends a text message with the line that binds it to our site', () => {
    expect(renderSms(noticeText(content), frame).split('\n').at(-1)).toBe('@id.example.com #493817');
  });
});

it('moments carry their zone', () => {
  expect(momentIn('UTC')(at)).toBe('Fri 27 Nov 2026, 14:00 UTC');
  expect(momentIn('Asia/Kolkata')(at)).toBe('Fri 27 Nov 2026, 19:30 GMT+5:30');
});
