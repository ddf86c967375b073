import type { ReactNode } from 'react';
import { Shell } from '@/app/shell';
import { requireSession } from '@/lib/session/current';

export default async function AccountLayout({ children }: { readonly children: ReactNode }) {
  return <Shell session={await requireSession()}>{children}</Shell>;
}
