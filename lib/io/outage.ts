import 'server-only';

/** The database, or another service we cannot go on without, does not answer. Nothing was decided. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/** Connection failures, shutdown, too many connections, statements or locks that took too long, and deadlocks. */
const outageCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  '25P03',
  '40P01',
  '53300',
  // Its administrator lets nobody in, as for maintenance.
  '55000',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '57P04',
  '57P05',
]);

function isOutageCode(code: unknown): boolean {
  return typeof code === 'string' && (outageCodes.has(code) || /^(08|53|58)\w{3}$/.test(code));
}

/** The outage behind an error however deeply it is wrapped, or null when the error is a bug. */
export function outageOf(error: unknown): Outage | null {
  if (error instanceof Outage) return error;
  if (!(error instanceof Error)) return null;
  if ('code' in error && isOutageCode(error.code))
    return new Outage('the database does not answer', { cause: error });
  if (error instanceof AggregateError)
    return error.errors.map(outageOf).find((found) => found !== null) ?? null;
  return outageOf(error.cause);
}
