import { describe, expect, test } from 'vitest';
import {
  contactEmailStanding,
  frozen,
  type MailFacts,
  mailMayBeLate,
  provenElsewhere,
  securityMailTo,
} from './contact-email';
import { hours } from './time';

describe('mail about security', () => {
  const facts: MailFacts = {
    loginEmail: 'a@login.example',
    loginEmailProvenAt: 1,
    contactEmail: 'a@contact.example',
    contactEmailProvenAt: 1,
    contactEmailBouncedAt: null,
  };
  test('goes to the proven contact email, else the proven login email, else nowhere', () => {
    expect(securityMailTo(facts)).toBe('a@contact.example');
    expect(securityMailTo({ ...facts, contactEmailProvenAt: null })).toBe('a@login.example');
    expect(securityMailTo({ ...facts, contactEmailProvenAt: null, loginEmailProvenAt: null })).toBeNull();
  });
  test('a freeze lasts 72 hours', () => {
    expect(frozen(0, hours(72) - 1)).toBe(true);
    expect(frozen(0, hours(72))).toBe(false);
    expect(frozen(null, 0)).toBe(false);
  });
  test('standings and hints', () => {
    expect(contactEmailStanding({ ...facts, contactEmail: null })).toBe('missing');
    expect(contactEmailStanding({ ...facts, contactEmailProvenAt: null })).toBe('unverified');
    expect(contactEmailStanding({ ...facts, contactEmailBouncedAt: 3 })).toBe('bounced');
    expect(provenElsewhere(facts, 'a@login.example')).toBe(true);
    expect(mailMayBeLate('yahoo.co.jp')).toBe(true);
    expect(mailMayBeLate('notyahoo.com')).toBe(false);
  });
});
