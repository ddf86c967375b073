import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import {
  accounts,
  organizations,
  outbox,
  phoneNumbers,
  secondFactorRules,
  totpAuthenticators,
} from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { judgeSession } from '@/lib/session/judgement';
import { newOrganization } from './test-organization';

export const terms = { graceHours: 24, minimumStrength: 2 };

export async function proOrganization() {
  const organization = await newOrganization('Ruled');
  await database().update(organizations).set({ plan: 'pro' }).where(eq(organizations.id, organization.id));
  return organization;
}

export const bindApp = (accountId: string) =>
  database().insert(totpAuthenticators).values({
    id: newId(),
    accountId,
    boundTo: newId(),
    sealedSecret: 'x',
    pendingUntil: Date.now(),
    confirmedAt: Date.now(),
  });

export const age = (organizationId: string, by: number) =>
  database()
    .update(secondFactorRules)
    .set({ effectiveFrom: Date.now() - by })
    .where(
      and(eq(secondFactorRules.organizationId, organizationId), isNull(secondFactorRules.deactivatedAt)),
    );

export const stateOf = async (token: string) => (await judgeSession(token, null)).state;

export const mailsTo = async (accountId: string) =>
  (await database().select({ kind: outbox.kind }).from(outbox).where(eq(outbox.accountId, accountId))).map(
    ({ kind }) => kind,
  );

export const dueMails = async (accountId: string) => {
  const rows = await database()
    .select({ data: outbox.data })
    .from(outbox)
    .where(and(eq(outbox.accountId, accountId), eq(outbox.kind, 'mandate_activated')))
    .orderBy(outbox.sequence);
  return rows.map(({ data }) => (data as { dueAt: number }).dueAt);
};

export const bindPhone = (accountId: string) =>
  database().insert(phoneNumbers).values({
    id: newId(),
    accountId,
    boundTo: newId(),
    sealedNumber: 'x',
    numberKey: newId(),
    tail: '42',
    pendingUntil: Date.now(),
    confirmedAt: Date.now(),
  });

export const provenContact = (accountId: string) =>
  database()
    .update(accounts)
    .set({ contactEmail: `c-${accountId}@mail.example`, contactEmailProvenAt: Date.now() })
    .where(eq(accounts.id, accountId));
