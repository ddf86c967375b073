'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Ends } from './ends';

/** `at` is by this browser's clock. */
export type Warning = { readonly kind: 'idle' | 'overall'; readonly at: number } | { readonly kind: 'over' };

type Plan = { readonly warning: Warning | null; readonly lookAgainInMs: number | null };

const askingPath = '/api/session/ends';
const channelName = 'gatehouse-session-end';
/** While a warning stands, another tab or page may have moved the end. */
const standingMs = 5_000;
const unansweredMs = 30_000;
/** What this page load itself moved is written by then. */
const settlingMs = 2_000;
/** Timers of the browser hold no more than 24 days and drift while a machine sleeps. */
const longestMs = 3_600_000;

/** What to show now, and when to ask the server again. */
function planOf({ now, idle, overall }: Ends, receivedAt: number): Plan {
  const ahead = receivedAt - now;
  const ends = [
    ...(overall === null ? [] : [{ kind: 'overall' as const, ...overall }]),
    ...(idle === null ? [] : [{ kind: 'idle' as const, ...idle }]),
  ];
  const standing = ends.find((end) => end.warnAt <= now);
  if (standing !== undefined) {
    const warning = { kind: standing.kind, at: standing.at + ahead };
    return { warning, lookAgainInMs: Math.min(standingMs, Math.max(0, standing.at - now) + 200) };
  }
  const next = Math.min(...ends.map((end) => end.warnAt - now));
  return { warning: null, lookAgainInMs: ends.length === 0 ? null : Math.min(longestMs, next + 200) };
}

/** The ends by the server, `over` when the session is, null when nobody answered. */
async function askEnds(): Promise<Ends | 'over' | null> {
  try {
    const response = await fetch(askingPath, { cache: 'no-store' });
    if (response.status === 401) return 'over';
    return response.ok ? ((await response.json()) as Ends) : null;
  } catch {
    // Offline is no reason to disturb anybody: the next look tells.
    return null;
  }
}

/**
 * The warning that stands in this tab. The server is asked when one is due, because another tab may have moved the end;
 * before that nothing is asked at all.
 */
export function useWarning(given: Ends) {
  const [warning, setWarning] = useState<Warning | null>(null);
  const [dismissed, setDismissed] = useState<Warning['kind'] | null>(null);
  const renewRef = useRef<(ends: Ends) => void>(() => undefined);
  const first = useRef(given);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let dueAt: number | null = null;
    let isGone = false;
    const channel = new BroadcastChannel(channelName);
    const lookIn = (ms: number | null) => {
      clearTimeout(timer);
      dueAt = ms === null ? null : Date.now() + ms;
      if (ms !== null) timer = setTimeout(look, ms);
    };
    const settle = (ends: Ends, receivedAt: number) => {
      const plan = planOf(ends, receivedAt);
      setWarning((old) => (same(old, plan.warning) ? old : plan.warning));
      if (plan.warning === null) setDismissed(null);
      lookIn(plan.lookAgainInMs);
    };
    async function look() {
      const ends = await askEnds();
      if (isGone) return;
      if (ends === 'over') setWarning({ kind: 'over' });
      else if (ends === null) lookIn(unansweredMs);
      else settle(ends, Date.now());
    }
    const wake = () => {
      if (document.visibilityState === 'visible' && dueAt !== null && dueAt <= Date.now()) void look();
    };
    channel.onmessage = ({ data }: MessageEvent<Ends>) => settle(data, Date.now());
    document.addEventListener('visibilitychange', wake);
    renewRef.current = (ends) => {
      settle(ends, Date.now());
      channel.postMessage(ends);
    };
    const plan = planOf(first.current, Date.now());
    lookIn(plan.warning === null ? plan.lookAgainInMs : settlingMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
      channel.close();
      document.removeEventListener('visibilitychange', wake);
    };
  }, []);
  const renew = useCallback((ends: Ends) => renewRef.current(ends), []);
  const dismiss = useCallback(() => setDismissed(warning?.kind ?? null), [warning]);
  return { warning: warning !== null && warning.kind === dismissed ? null : warning, renew, dismiss };
}

const same = (a: Warning | null, b: Warning | null): boolean =>
  a?.kind === b?.kind &&
  (a === null || b === null || a.kind === 'over' || b.kind === 'over' || Math.abs(a.at - b.at) < 1_000);
