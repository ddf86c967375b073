import { days, hours, type Instant, minutes, seconds } from './time';

/** Wrong passwords in a row that lock a pool (fixed, section 2). */
export const poolSize = 5;
/** After this long without a failure a count starts anew. */
export const failureMemory = hours(24);
/** A reserved try whose verification never ended (a crash) gives its place back after this. */
export const reservationLifetime = seconds(30);
/** A password with this many failures since its last success is accepted from known devices only. */
export const failureCeiling = 100;
/** Security mail goes out at each multiple of this towards the ceiling. */
export const ceilingMailEvery = 10;
/** The contact email is told of locks at most this often. */
export const lockMailInterval = hours(1);

export const knownDeviceLifetime = days(90);
export const knownDevicesMax = 10;
/** Sign-ins, sign-ups and forgotten passwords from one address group. */
export const addressTriesPerMinute = 30;

/** Second factors have a pool of their own. */
export const secondFactorPool = { wrongMax: 10, window: minutes(60), pause: minutes(15) } as const;

/**
 * A pool of password tries. One belongs to the account, one to each known device of it, one to each unknown
 * address. The database moves it in one conditional UPDATE; these functions say what that UPDATE means and drive
 * the simulator.
 */
export type Pool = {
  readonly failures: number;
  readonly lastFailureAt: Instant | null;
  readonly lockedUntil: Instant | null;
  /** When each try that is being verified right now took its place. */
  readonly reserved: readonly Instant[];
};
export const freshPool: Pool = { failures: 0, lastFailureAt: null, lockedUntil: null, reserved: [] };

export type TryVerdict =
  | { readonly code: 'granted' }
  /** All places are taken by unfinished tries: no lock, no mail, try again in a moment. */
  | { readonly code: 'wait'; readonly retryAt: Instant }
  | { readonly code: 'locked_out'; readonly until: Instant };

/** A pool as it stands at `now`: an ended lock and a day without failure start it anew, dead tries drop out. */
export function poolAt(pool: Pool, now: Instant): Pool {
  const lockOver = pool.lockedUntil !== null && now >= pool.lockedUntil;
  const forgotten = pool.lastFailureAt !== null && now - pool.lastFailureAt >= failureMemory;
  const reserved = pool.reserved.filter((at) => now - at < reservationLifetime);
  return lockOver || forgotten ? { ...freshPool, reserved } : { ...pool, reserved };
}

/** Takes a place before the password is verified. Nothing is verified without one. */
export function reserveTry(pool: Pool, now: Instant): { readonly pool: Pool; readonly verdict: TryVerdict } {
  const current = poolAt(pool, now);
  if (current.lockedUntil !== null) {
    return { pool: current, verdict: { code: 'locked_out', until: current.lockedUntil } };
  }
  if (current.failures + current.reserved.length >= poolSize) {
    const retryAt = Math.min(...current.reserved) + reservationLifetime;
    return { pool: current, verdict: { code: 'wait', retryAt } };
  }
  return { pool: { ...current, reserved: [...current.reserved, now] }, verdict: { code: 'granted' } };
}

/** Ends a try that took its place at `reservedAt`. A right password starts the pool anew. */
export function settleTry(
  pool: Pool,
  attempt: { readonly reservedAt: Instant; readonly correct: boolean; readonly lockMinutes: number },
  now: Instant,
): Pool {
  const current = poolAt(pool, now);
  const at = current.reserved.indexOf(attempt.reservedAt);
  const reserved = current.reserved.filter((_, index) => index !== at);
  if (attempt.correct) return { ...freshPool, reserved };
  const failures = current.failures + 1;
  const locks = failures >= poolSize && current.lockedUntil === null;
  const lockedUntil = locks ? now + minutes(attempt.lockMinutes) : current.lockedUntil;
  return { failures, lastFailureAt: now, lockedUntil, reserved };
}

/** Everything that starts a pool anew at once: reset by mail, unlock, cool-down. */
export const clearPool = (): Pool => freshPool;

/** What the count of failures since the last success of one authenticator brings about. */
export function ceilingVerdict(failures: number): { readonly reached: boolean; readonly mail: boolean } {
  return { reached: failures >= failureCeiling, mail: failures > 0 && failures % ceilingMailEvery === 0 };
}

/** Until when second factors pause, given the instants of the wrong codes; null when they do not. */
export function secondFactorPausedUntil(wrongAt: readonly Instant[], now: Instant): Instant | null {
  const recent = [...wrongAt].sort((a, b) => a - b);
  for (let end = recent.length - 1; end >= secondFactorPool.wrongMax - 1; end -= 1) {
    const last = recent[end] ?? 0;
    const first = recent[end - secondFactorPool.wrongMax + 1] ?? 0;
    const until = last + secondFactorPool.pause;
    if (last - first < secondFactorPool.window && now < until) return until;
  }
  return null;
}
