import { closeDatabase } from '@/lib/io/db';
import { type GrantFault, setOperator } from '@/lib/operator/grants';

const usage = 'Usage: npm run operator -- grant <email>   or   npm run operator -- revoke <email>';

const faults = {
  malformed_email: 'This is not an email address.',
  unknown_account: 'Nobody has proven this address: the person signs up first.',
  unchanged: 'Nothing to change: it is so already.',
} as const satisfies Record<GrantFault['code'], string>;

const [verb, email = ''] = process.argv.slice(2);
if ((verb !== 'grant' && verb !== 'revoke') || email === '') {
  console.error(usage);
  process.exitCode = 2;
} else {
  const set = await setOperator(email, verb === 'grant');
  if (set.ok)
    console.log(verb === 'grant' ? `${email} is an operator.` : `${email} is no operator any more.`);
  else {
    console.error(faults[set.error.code]);
    process.exitCode = 1;
  }
  await closeDatabase();
}
