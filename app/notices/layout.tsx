import type { ReactNode } from 'react';
import { Shell } from '@/app/shell';
import { requireSession } from '@/lib/session/current';

export default async function NoticesLayout({ children }: { readonly children: ReactNode }) {
  return <Shell session={await requireSession()}>{children}</Shell>;
}
