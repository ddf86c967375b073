import 'server-only';
import type { Sql, TransactionSql } from 'postgres';
import type { Milliseconds } from '@/lib/policy/time';
import { log } from './log';

/** What the query builder set up on one client holds for its successor. */
function inheritTypes(next: Sql, last: Sql): void {
  Object.assign(next.options.parsers, last.options.parsers);
  Object.assign(next.options.serializers, last.options.serializers);
}

/**
 * A client of the database that never waits longer than `silence` for an answer. A server that is frozen, or a way to it that is
 * gone, refuses nothing: the connections are then given up, which fails whatever waits on them, and others are opened.
 */
export function patientClient(open: () => Sql, silence: Milliseconds): Sql {
  let client = open();

  const giveUp = (silent: Sql) => {
    if (silent !== client) return;
    client = open();
    inheritTypes(client, silent);
    log().warn({ afterMs: silence }, 'the database is silent: its connections are given up');
    silent
      .end({ timeout: 0 })
      .catch((error: unknown) => log().warn({ err: error }, 'a silent connection did not close'));
  };

  /** Begins to wait for an answer; call what it returns when it came. */
  const waiting = () => {
    const asked = client;
    const timer = setTimeout(() => giveUp(asked), silence).unref();
    return () => clearTimeout(timer);
  };

  const asking = (unsafe: Sql['unsafe']): Sql['unsafe'] =>
    new Proxy(unsafe, {
      apply: (ask, on, given) => {
        const answer: Promise<unknown> = Reflect.apply(ask, on, given);
        const answered = waiting();
        answer.then(answered, answered);
        return answer;
      },
    });

  const within = (tx: TransactionSql): TransactionSql =>
    new Proxy(tx, {
      get: (target, name) => (name === 'unsafe' ? asking(target.unsafe) : Reflect.get(target, name)),
    });

  /** The beginning and the end of a transaction are waited for, not what is done between its statements. */
  const begin = async <T>(run: (tx: TransactionSql) => Promise<T>) => {
    let answered = waiting();
    try {
      return await client.begin(async (tx) => {
        answered();
        try {
          return await run(within(tx));
        } finally {
          answered = waiting();
        }
      });
    } finally {
      answered();
    }
  };

  return new Proxy(client, {
    get: (_first, name) => {
      if (name === 'unsafe') return asking(client.unsafe);
      return name === 'begin' ? begin : Reflect.get(client, name);
    },
  });
}
