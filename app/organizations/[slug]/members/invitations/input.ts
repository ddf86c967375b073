import * as z from 'zod';
import { addressFaultText, parseLoginEmail } from '@/lib/policy/address';
import { roleNames } from '@/lib/policy/roles';
import { organizationField } from '../../input';

export const addressesMax = 200;

/** The cells of a pasted list that hold an address: one a line, or any cells of a CSV. */
const cells = (typed: string): readonly string[] =>
  typed
    .split(/[\n\r,;\t]+/u)
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/u, '$1')
        .trim(),
    )
    .filter((cell) => cell !== '');

/** In a CSV the cells beside the addresses are names and the like; in a plain list every cell must be an address. */
const addressCells = (typed: string): readonly string[] => {
  const all = cells(typed);
  const withAt = all.filter((cell) => /[@＠]/u.test(cell));
  return /[,;\t]/u.test(typed) && withAt.length > 0 ? withAt : all;
};

const emails = z.string({ error: 'Enter an email address.' }).transform((typed, context) => {
  const list = addressCells(typed);
  if (list.length === 0) context.addIssue('Enter an email address.');
  if (list.length > addressesMax) context.addIssue(`Invite up to ${addressesMax} people at a time.`);
  const parsed = list.slice(0, addressesMax).map((cell) => ({ cell, result: parseLoginEmail(cell) }));
  for (const { cell, result } of parsed)
    if (!result.ok) {
      const fault = result.error[0];
      context.addIssue(
        `“${cell.slice(0, 80)}”: ${fault ? addressFaultText(fault) : 'This is no email address.'}`,
      );
      break;
    }
  return parsed.flatMap(({ result }) => (result.ok ? [result.value.email] : []));
});

export const inviteInput = z.object({
  ...organizationField,
  emails,
  role: z.enum(roleNames, { error: 'Choose a role.' }),
});

export const revokeInvitationInput = z.object({
  ...organizationField,
  invitation: z.uuid({ error: 'This invitation is not known.' }),
});
