import { settings } from '@/lib/io/env';
import { days } from '@/lib/policy/time';

export const dynamic = 'force-dynamic';

/** `Gatehouse <security@example.com>` or the bare address. */
const bareAddress = (sender: string) => /<([^>]+)>$/.exec(sender)?.[1] ?? sender;

/** Where to report what is wrong with the house (RFC 9116). It expires half a year after it was read, by the day. */
export function GET(): Response {
  const { appUrl, mailFrom } = settings();
  const expires = new Date(Date.now() + days(180)).toISOString().slice(0, 10);
  const lines = [
    `Contact: mailto:${bareAddress(mailFrom)}`,
    `Expires: ${expires}T00:00:00.000Z`,
    'Preferred-Languages: en',
    `Canonical: ${appUrl}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
