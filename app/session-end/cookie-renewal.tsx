'use client';

import { useEffect } from 'react';

const path = '/api/session/cookie';

/** Pages cannot set cookies, so an open one asks once for the cookie that the policy wants by now. Draws nothing. */
export function CookieRenewal() {
  useEffect(() => {
    // Whoever is offline is asked again by the next page.
    fetch(path, { method: 'POST', headers: { purpose: 'prefetch' } }).catch(() => undefined);
  }, []);
  return null;
}
