'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';

type PollerProps = { readonly slug: string; readonly claimId: string };

const firstWait = 10_000;
const longestWait = 120_000;

/** Looks by itself while the page is in the foreground: after 10 seconds, then ever less often, up to every two minutes. */
export function ClaimPoller({ slug, claimId }: PollerProps) {
  const router = useRouter();
  const [text, setText] = useState('');
  useEffect(() => {
    let wait = firstWait;
    let timer: ReturnType<typeof setTimeout>;
    const stopped = new AbortController();
    const look = async () => {
      if (document.visibilityState === 'visible') {
        const seen = await ask(slug, claimId, stopped.signal);
        if (seen) setText(seen.text);
        if (seen && seen.state !== 'pending') return router.refresh();
        wait = Math.min(wait * 1.3, longestWait);
      }
      if (!stopped.signal.aborted) timer = setTimeout(look, wait);
    };
    timer = setTimeout(look, wait);
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [router, slug, claimId]);
  return (
    <p role="status" className="needs-script text-muted text-xs">
      {text === '' ? 'This page looks by itself every few seconds while it is open.' : text}
    </p>
  );
}

type Seen = { readonly state: string; readonly text: string };

/** Null where nobody answered; the next look may. Marked as passive, so that waiting here is no activity. */
async function ask(slug: string, claimId: string, signal: AbortSignal): Promise<Seen | null> {
  try {
    const answer = await fetch(`/organizations/${slug}/domains/check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', purpose: 'prefetch' },
      body: JSON.stringify({ claim: claimId }),
      signal,
    });
    // 409: another organization holds the domain, which is worth telling too.
    if (!answer.ok && answer.status !== 409) return null;
    const seen: Seen = await answer.json();
    return seen;
  } catch {
    return null;
  }
}
