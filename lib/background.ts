import 'server-only';
import { forgetUnknownAddresses } from '@/lib/account/password-pools';
import { deskDnsServer } from '@/lib/io/dns-desk';
import { settings } from '@/lib/io/env';
import { every, type Job, startJobs } from '@/lib/io/jobs';
import { log } from '@/lib/io/log';
import { startOutboxWorker } from '@/lib/io/outbox-worker';
import { processWide } from '@/lib/io/process-wide';
import { tidyRateWindows } from '@/lib/io/rate';
import { forgetOldRows } from '@/lib/io/retention';
import { recheckClaims } from '@/lib/organization/claim-recheck';
import { sweepMandates } from '@/lib/organization/mandate-sweep';
import { announceMandatesInForce } from '@/lib/organization/policies/mandate-announcement';
import { tellReversions } from '@/lib/organization/policies/reversions';
import { announcePauses } from '@/lib/organization/rule-pauses';
import { hours, minutes } from '@/lib/policy/time';
import { announceExpirations } from '@/lib/session/password-expirations';
import { sweepSessions } from '@/lib/session/session-sweep';

/** All recurring work. Deadlines hold where they are read; what stands here only tidies and tells. */
const jobs: readonly Job[] = [
  every('tidy_rate_windows', hours(1), tidyRateWindows),
  every('forget_unknown_addresses', hours(1), forgetUnknownAddresses),
  every('recheck_claims', minutes(1), recheckClaims),
  every('tell_reversions', minutes(1), tellReversions),
  every('announce_mandates', minutes(1), announceMandatesInForce),
  every('sweep_mandates', minutes(1), sweepMandates),
  every('announce_expirations', minutes(15), announceExpirations),
  every('announce_pauses', minutes(15), announcePauses),
  every('sweep_sessions', minutes(10), sweepSessions),
  every('forget_old_rows', hours(6), forgetOldRows),
];

function begin(): void {
  const running = [startOutboxWorker(), startJobs(jobs)];
  if (settings().desk)
    deskDnsServer().catch((error: unknown) => log().error({ err: error }, 'the desk has no DNS server'));
  process.once('SIGTERM', () => {
    for (const { stop } of running)
      stop().catch((error: unknown) => log().warn({ err: error }, 'background work did not stop cleanly'));
  });
}

/** Starts what runs beside requests, once per process. */
export function startBackground(): void {
  processWide('background', begin);
}
