import { closeDatabase } from '@/lib/io/db';
import { provePassword } from '@/lib/sign-in/verify';

/* One of several instances: tries wrong passwords for an email at once, each from an address of its own. */
const [email = '', network = '', count = ''] = process.argv.slice(2);
const domain = email.slice(email.lastIndexOf('@') + 1);

const codes = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const address = `${network}.${index}`;
    const typed = { email, domain, password: 'wrong', deviceCookie: null, address, userAgent: null };
    const tried = await provePassword(typed, async () => null);
    return tried.ok ? 'in' : tried.error.code;
  }),
);
await closeDatabase();
process.stdout.write(JSON.stringify(codes));
