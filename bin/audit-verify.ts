import { verifyAudit } from '@/lib/io/audit-verification';
import { closeDatabase, database } from '@/lib/io/db';

const reasons = {
  altered: 'its content differs from its hash',
  out_of_order: 'it does not follow the row before it',
  personal_data_altered: 'its personal data differ from the digest in the chain',
  missing: 'it is missing',
  head_differs: 'it differs from the recorded head of the chain',
} as const;

const verified = await verifyAudit(database());
if (verified.ok) {
  console.log(`The audit is whole: ${verified.value.rows} rows in ${verified.value.chains} chains.`);
} else {
  const { chain, sequence, reason } = verified.error;
  console.error(`The audit is broken at row ${sequence} of ${chain}: ${reasons[reason]}.`);
  process.exitCode = 1;
}
await closeDatabase();
