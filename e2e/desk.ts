import { setTimeout as sleep } from 'node:timers/promises';

const base = process.env.GATEHOUSE_E2E_URL ?? '';

/** A message as the desk keeps it. */
export type Message = {
  readonly id: string;
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly sentAt: string;
};

export type DemoAccount = {
  readonly email: string;
  readonly organization: string | null;
  readonly role: string;
  readonly state: string;
  readonly totpKey?: string;
};

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(`${base}${path}`, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

/** Everything delivered to an address or number, newest first. */
export async function outbox(to: string): Promise<readonly Message[]> {
  const response = await ask(`/dev/outbox.json?to=${encodeURIComponent(to)}`);
  const { messages } = (await response.json()) as { messages: readonly Message[] };
  return messages;
}

/** Waits for a message whose subject or text matches, other than those seen before. */
export async function messageTo(
  to: string,
  matching: RegExp = /./,
  seen: readonly Message[] = [],
): Promise<Message> {
  for (let waited = 0; waited < 200; waited++) {
    const found = (await outbox(to)).find(
      ({ id, subject, text }) =>
        matching.test(`${subject ?? ''}\n${text}`) && seen.every((message) => message.id !== id),
    );
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`No message to ${to} matched ${matching}.`);
}

/** The code of six digits a message carries. */
export function codeFrom({ text }: Pick<Message, 'text'>): string {
  const code = /(?<![\d/=-])\d{6}(?!\d)/.exec(text)?.[0];
  if (code === undefined) throw new Error(`No code in: ${text}`);
  return code;
}

/** Path and query of the link a message is about; any instance may have written it, so its host is left away. */
export function linkFrom({ text }: Pick<Message, 'text'>): string {
  const links = text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
  const link = links.find((candidate) => candidate.includes('token=')) ?? links[0];
  if (link === undefined) throw new Error(`No link in: ${text}`);
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}

const zone = (init: RequestInit & { query?: string }) => ask(`/dev/dns.json${init.query ?? ''}`, init);
const put = (record: unknown) =>
  zone({ method: 'PUT', body: JSON.stringify(record), headers: { 'content-type': 'application/json' } });

/** The zone of the outside world. */
export const dns = {
  put: (name: string, ...values: string[]) => put({ name, type: 'TXT', values }),
  fail: (name: string, how: 'SERVFAIL' | 'timeout' | 'NXDOMAIN') => put({ name, fail: how }),
  remove: (name: string) => zone({ method: 'DELETE', query: `?name=${encodeURIComponent(name)}` }),
};

/** The demo as its sheet tells it. */
export async function demo(): Promise<{
  readonly password: string;
  readonly accounts: readonly DemoAccount[];
}> {
  const response = await ask('/dev/demo.json');
  return (await response.json()) as { password: string; accounts: DemoAccount[] };
}
