import * as z from 'zod';
import { mapSettings, type Policy, settingOf } from './policy';
import { policySchema, quoted, valueSchema } from './policy-schema';
import { settingNames } from './settings';

export const policyFormat = 'gatehouse-policy';
export const policyFormatVersion = 1;

/** A policy as it leaves and enters: whole, named and versioned. */
export type PolicyDocument = {
  readonly $schema?: string | undefined;
  readonly format: typeof policyFormat;
  readonly version: typeof policyFormatVersion;
  readonly policy: Policy;
};

const noExport = 'This file is not an exported policy.';

/** Parses an import. It passes the same gate as the form; a missing or unknown setting is a fault, never a default. */
export const policyDocumentSchema: z.ZodType<PolicyDocument> = z.strictObject(
  {
    $schema: z.string({ error: 'The address of the schema is a text.' }).optional(),
    format: z.literal(policyFormat, { error: noExport }),
    version: z.literal(policyFormatVersion, { error: 'This file was exported by a version not known here.' }),
    policy: policySchema,
  },
  {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys' ? `An exported policy has no ${quoted(keys)}.` : noExport,
  },
);

/** A policy ready to be written as JSON; `schemaUrl` is where the schema is published. */
export const exportPolicy = (policy: Policy, schemaUrl: string): PolicyDocument => ({
  $schema: schemaUrl,
  format: policyFormat,
  version: policyFormatVersion,
  policy,
});

type JsonSchema = Readonly<Record<string, unknown>>;

/** The published JSON Schema (draft 2020-12) of an exported policy, derived from the registry. */
export function policyJsonSchema(id: string): JsonSchema {
  const properties = mapSettings((setting): JsonSchema => {
    const { $schema: _, ...own } = z.toJSONSchema(valueSchema(setting), { io: 'input' });
    return { title: setting.label, description: setting.help, default: setting.default, ...own };
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title: 'Gatehouse domain policy',
    type: 'object',
    additionalProperties: false,
    required: ['format', 'version', 'policy'],
    properties: {
      $schema: { type: 'string' },
      format: { const: policyFormat },
      version: { const: policyFormatVersion },
      policy: { type: 'object', additionalProperties: false, required: [...settingNames], properties },
    },
  };
}

/** The name of a setting as a person knows it, for the faults of an import; empty where a fault is of no setting. */
export const importFaultLabel = (path: readonly PropertyKey[]): string => {
  const name = settingNames.find((each) => each === path[1]);
  return name === undefined ? '' : settingOf(name).label;
};
