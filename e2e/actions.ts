import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { type IncomingMessage, request as open } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const base = new URL(process.env.GATEHOUSE_E2E_URL ?? '');

export type ServerAction = {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  /** A page that holds it; `[slug]` and the like as they stand in its path. */
  readonly page: string;
  /** The door it declares in its source; null where it declares none. */
  readonly door: string | null;
  /** Field names that its folder speaks of. */
  readonly fields: readonly string[];
};

type Manifest = {
  readonly node: Readonly<
    Record<
      string,
      {
        readonly filename?: string;
        readonly exportedName?: string;
        readonly workers: Readonly<Record<string, unknown>>;
      }
    >
  >;
};

function doorOf(file: string, name: string): string | null {
  const source = fs.readFileSync(file, 'utf8');
  const start = source.search(new RegExp(`export const ${name}\\b`));
  if (start < 0) return null;
  const rest = source.slice(start + 1);
  const end = rest.search(/\nexport /);
  const own = /\bas: '(\w+)'/.exec(end < 0 ? rest : rest.slice(0, end))?.[1];
  const all = [...source.matchAll(/\bas: '(\w+)'/g)].map(([, door]) => door ?? '');
  // Actions made by a function of their file have the door of that function, the only one there.
  return own ?? (all.length === 1 ? (all[0] ?? null) : null);
}

function fieldsOf(file: string): readonly string[] {
  const folder = path.dirname(file);
  const sources = fs
    .readdirSync(folder)
    .filter((entry) => /\.tsx?$/.test(entry))
    .map((entry) => fs.readFileSync(path.join(folder, entry), 'utf8'));
  const names = sources.flatMap((source) => [
    ...source.matchAll(/\bname="(\w+)"/g),
    ...source.matchAll(/^\s+(\w+): (?:z\.|\w+(?:Schema|Input|Field|Text)\b)/gm),
  ]);
  return [...new Set([...names.map(([, name]) => name ?? ''), 'organization'])].filter((name) => name !== '');
}

/** Every server action of the build, as the server itself knows them. */
export function serverActions(): readonly ServerAction[] {
  const manifest: Manifest = JSON.parse(
    fs.readFileSync('.next/server/server-reference-manifest.json', 'utf8'),
  );
  return Object.entries(manifest.node).map(([id, { filename = '', exportedName = '', workers }]) => ({
    id,
    page: (Object.keys(workers).sort()[0] ?? '').replace(/^app|\/\([^)]*\)|\/page$/g, ''),
    file: filename,
    name: exportedName,
    door: doorOf(filename, exportedName),
    fields: fieldsOf(filename),
  }));
}

export type Answer = {
  readonly status: number;
  readonly to: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
};

type Request = {
  /** Another instance than the first. */
  readonly at?: URL;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
};

/** A request with nothing added by a browser. `to` is where an answer leads. */
export async function send(
  target: string,
  { at = base, method = 'GET', headers = {}, body }: Request,
): Promise<Answer> {
  const outgoing = open({
    host: '127.0.0.1',
    port: at.port,
    path: target,
    method,
    headers: { host: at.host, origin: at.origin, ...headers },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve).on('error', reject);
  });
  outgoing.end(body);
  const response = await answered;
  const led = response.headers['x-action-redirect'] ?? response.headers.location ?? '';
  return {
    status: response.statusCode ?? 0,
    to: String(led),
    headers: response.headers,
    body: await text(response),
  };
}

export type Part = readonly [name: string, value: string | Buffer, filename?: string | undefined];

export function multipart(parts: readonly Part[]) {
  const boundary = `----${randomBytes(12).toString('hex')}`;
  const chunks = parts.flatMap(([name, value, filename]) => {
    const file = filename === undefined ? '' : `; filename="${filename}"\r\ncontent-type: text/plain`;
    return [
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n`),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ];
  });
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

export type Call = {
  readonly cookie: string;
  readonly slug: string;
  readonly parts: readonly Part[];
  readonly at?: URL;
  readonly headers?: Readonly<Record<string, string>>;
};

const pathOf = ({ page }: ServerAction, slug: string) =>
  page.replace('[slug]', slug).replace(/\[[^\]]+\]/g, 'x');

/** Sends a form to an action as React does, on a page that holds it. */
export function callAction(
  action: ServerAction,
  { cookie, slug, parts, headers, ...where }: Call,
): Promise<Answer> {
  const form = multipart([
    ...parts.map(([name, value, filename]): Part => [`_1_${name}`, value, filename]),
    ['0', '[{"status":"idle"},"$K1"]'],
  ]);
  return send(pathOf(action, slug), {
    ...where,
    method: 'POST',
    headers: { ...form.headers, 'next-action': action.id, accept: 'text/x-component', cookie, ...headers },
    body: form.body,
  });
}

/** Sends arguments of one's own making to an action. */
export function callWith(
  action: ServerAction,
  { cookie, slug }: Pick<Call, 'cookie' | 'slug'>,
  argument: string,
): Promise<Answer> {
  return send(pathOf(action, slug), {
    method: 'POST',
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': action.id,
      accept: 'text/x-component',
      cookie,
    },
    body: Buffer.from(argument),
  });
}
