'use server';

import * as z from 'zod';
import { action, go, type Outcome, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import { fillDraft } from '@/lib/organization/policies/drafts';
import { policyScreen } from '@/lib/organization/policies/screen';
import { importFaultLabel, policyDocumentSchema } from '@/lib/policy/export';
import { presetNames, presetOver, presets } from '@/lib/policy/presets';
import { domainInput } from '../input';
import { faultText, policyPath } from '../texts';

/** Fills the draft with a preset and leads to its review. */
export const applyPreset = action({
  input: domainInput.extend({ preset: z.enum(presetNames, { error: 'There is no such preset.' }) }),
  as: 'owner',
  run: async ({ domain, preset }, caller) => {
    const { slug, organizationId } = caller.membership;
    const screen = await policyScreen(organizationId, domain);
    if (screen === null) return refuse(faultText({ code: 'unknown_policy' }));
    const note = `This is the preset “${presets[preset].label}”.`;
    const body = presetOver(preset, screen.newest.body);
    const filled = await fillDraft(memberActor(caller), domain, { body, note });
    return filled.ok ? go(policyPath(slug, domain, '/review')) : refuse(faultText(filled.error));
  },
});

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Fills the draft with an exported policy, which passes the same gate as the form, and leads to its review. */
export const importPolicy = action({
  input: domainInput.extend({
    document: z
      .string({ error: 'Paste an exported policy.' })
      .trim()
      .min(1, { error: 'Paste an exported policy.' }),
  }),
  as: 'owner',
  run: async ({ domain, document }, caller): Promise<Outcome> => {
    const json = parsedJson(document);
    if (json === undefined)
      return refuse('The import was not taken.', { document: 'This is not JSON. Paste the whole export.' });
    const parsed = policyDocumentSchema.safeParse(json);
    if (!parsed.success) {
      const lines = parsed.error.issues.slice(0, 5).map((issue) => {
        const label = importFaultLabel(issue.path);
        return label === '' || issue.message.startsWith(label) ? issue.message : `${label}: ${issue.message}`;
      });
      return refuse('The import was not taken.', { document: lines.join(' ') });
    }
    const note = 'This was imported from an exported policy.';
    const filled = await fillDraft(memberActor(caller), domain, { body: parsed.data.policy, note });
    const { slug } = caller.membership;
    return filled.ok ? go(policyPath(slug, domain, '/review')) : refuse(faultText(filled.error));
  },
});
