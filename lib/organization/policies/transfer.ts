import 'server-only';
import { settings } from '@/lib/io/env';
import { exportPolicy, type PolicyDocument, policyJsonSchema } from '@/lib/policy/export';
import type { PolicyScreen } from './screen';

const schemaUrl = () => `${settings().appUrl}/policy.schema.json`;

/** The newest saved version as it leaves the house. */
export const exportedPolicy = ({ newest }: PolicyScreen): PolicyDocument =>
  exportPolicy(newest.body, schemaUrl());

/** The schema of an exported policy, under the address at which it is published. */
export const publishedSchema = () => policyJsonSchema(schemaUrl());
