'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Loads the codes again when they change, as an app would show them. */
export function FreshCodes({ changeInMs }: { readonly changeInMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(() => router.refresh(), changeInMs);
    return () => clearTimeout(timer);
  });
  return null;
}
