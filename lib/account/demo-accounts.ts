import 'server-only';
import { generateSync } from 'otplib';
import { demoSheet } from '@/lib/io/desk';

export type DemoAccount = {
  readonly email: string;
  /** "owner, Northwind", once for each organization. */
  readonly places: readonly string[];
  readonly state: string;
  /** What an authentication app with the account's key shows now; null for an account without one. */
  readonly code: string | null;
};

export type DemoAccounts = {
  readonly password: string;
  readonly accounts: readonly DemoAccount[];
  /** How long the codes stay what they are. */
  readonly changeInMs: number;
};

const stepMs = 30_000;

/** The demo as somebody at the desk needs it to sign in, one line an account; null where none was seeded. */
export async function demoAccounts(): Promise<DemoAccounts | null> {
  const sheet = await demoSheet();
  if (sheet === null) return null;
  const accounts = new Map<string, DemoAccount>();
  for (const { email, organization, role, state, totpKey } of sheet.accounts) {
    const places = [
      ...(accounts.get(email)?.places ?? []),
      organization === null ? role : `${role}, ${organization}`,
    ];
    const code = totpKey === undefined ? null : generateSync({ secret: totpKey });
    accounts.set(email, { email, places, state, code });
  }
  return {
    password: sheet.password,
    accounts: [...accounts.values()],
    changeInMs: stepMs - (Date.now() % stepMs),
  };
}
