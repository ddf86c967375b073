import 'server-only';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { fail, ok, type Result } from '@/lib/policy/result';
import { seconds } from '@/lib/policy/time';
import { processWide } from './process-wide';

/** Too many passwords are being hashed at this moment. */
export type Busy = { readonly code: 'busy'; readonly retryAfterSeconds: number };

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const patience = seconds(2);

type Waiter = { readonly enter: () => void };
type Queue = { free: number; readonly waiting: Waiter[] };

const queue = (): Queue => processWide('hash-queue', () => ({ free: availableParallelism(), waiting: [] }));

/** Resolves to false when no core became free in time. */
function enter(): Promise<boolean> {
  const line = queue();
  if (line.free > 0) {
    line.free -= 1;
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const waiter: Waiter = {
      enter: () => {
        clearTimeout(timer);
        resolve(true);
      },
    };
    const timer = setTimeout(() => {
      line.waiting.splice(line.waiting.indexOf(waiter), 1);
      resolve(false);
    }, patience);
    line.waiting.push(waiter);
  });
}

function leave(): void {
  const line = queue();
  const next = line.waiting.shift();
  if (next) next.enter();
  else line.free += 1;
}

async function inTurn<T>(run: () => Promise<T>): Promise<Result<T, Busy>> {
  if (!(await enter())) return fail({ code: 'busy', retryAfterSeconds: 2 });
  try {
    return ok(await run());
  } finally {
    leave();
  }
}

const normal = (password: string) => password.normalize('NFC');

/** Hashes the UTF-8 of the password's NFC form with argon2id, which is the library's default. */
export function hashPassword(password: string): Promise<Result<string, Busy>> {
  return inTurn(() => hash(normal(password), cost));
}

/** Verifies with the parameters the hash itself carries. Malformed text never matches, at the same cost. */
export async function verifyPassword(stored: string, password: string): Promise<Result<boolean, Busy>> {
  const isRight = await inTurn(() => verify(stored, normal(password)));
  return isRight.ok ? ok(isRight.value && password.isWellFormed()) : isRight;
}

const digits = (byteCount: number) => Buffer.alloc(byteCount, 7).toString('base64').replace(/=+$/, '');
/** Verified against when nobody is there: made with the parameters of today's hashes, so it costs the same. */
export const nobodyHash = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${digits(16)}$${digits(32)}`;

/** Costs what `verifyPassword` costs, for accounts that do not exist. */
export async function verifyNothing(password: string): Promise<Result<false, Busy>> {
  const spent = await verifyPassword(nobodyHash, password);
  return spent.ok ? ok(false) : spent;
}

/** Whether a hash is weaker than what is made today and should be renewed at the next right password. */
export function needsUpgrade(stored: string): boolean {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored);
  return !match || Number(match[1]) < cost.memoryCost || Number(match[2]) < cost.timeCost;
}
