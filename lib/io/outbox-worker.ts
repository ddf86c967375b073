import 'server-only';
import { type Milliseconds, seconds } from '@/lib/policy/time';
import { listeningClient } from './db';
import { log } from './log';
import { outboxChannel } from './outbox';
import { deliverDue, tidyOutbox } from './outbox-delivery';
import { transportOf } from './transports/chosen';

export type Running = { readonly stop: () => Promise<void> };

/** Retries and rows whose notification was missed are found by looking this often. */
const lookEvery = seconds(2);
const tidyEvery = seconds(30);

/** Calls `run` now and whenever woken, never twice at once; a call while it runs makes it run once more. */
function repeating(run: () => Promise<void>): { wake: () => void; idle: () => Promise<void> } {
  let running: Promise<void> | null = null;
  let isWoken = false;
  const loop = async () => {
    while (isWoken) {
      isWoken = false;
      await run().catch((error: unknown) => log().error({ err: error }, 'the outbox worker stumbled'));
    }
    running = null;
  };
  return {
    wake: () => {
      isWoken = true;
      running ??= loop();
    },
    idle: async () => {
      await running;
    },
  };
}

/** Delivers messages until stopped: woken by notifications, and by the clock every `look` for retries. */
export function startOutboxWorker(look: Milliseconds = lookEvery): Running {
  const transport = transportOf();
  let isStopping = false;
  const drain = async () => {
    while (!isStopping && (await deliverDue(transport)) > 0);
  };
  const { wake, idle } = repeating(drain);
  const listener = listeningClient();
  listener
    .listen(outboxChannel, wake, wake)
    .catch((error: unknown) => log().warn({ err: error }, 'not listening: messages wait for the next look'));
  const clock = setInterval(wake, look);
  const tidy = setInterval(() => {
    tidyOutbox().catch((error: unknown) => log().error({ err: error }, 'expired messages were not tidied'));
  }, tidyEvery);
  wake();
  return {
    stop: async () => {
      isStopping = true;
      clearInterval(clock);
      clearInterval(tidy);
      await idle();
      await listener.end({ timeout: 1 });
    },
  };
}
