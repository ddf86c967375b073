import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Brand } from '@/components/brand';
import { TextLink } from '@/components/ui/text-link';
import { requireDesk } from './access';

export const metadata: Metadata = { title: 'Development desk' };

export default async function DeskLayout({ children }: { readonly children: ReactNode }) {
  await requireDesk();
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-[720px] flex-col gap-8 px-4 py-6">
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <Brand />
        <nav aria-label="Development desk" className="flex flex-wrap gap-x-4 gap-y-2 text-sm">
          <TextLink href="/dev/demo">Demo accounts</TextLink>
          <TextLink href="/dev/outbox">Mail and SMS</TextLink>
          <TextLink href="/dev/dns">DNS zone</TextLink>
          <TextLink href="/login">Sign in</TextLink>
        </nav>
      </header>
      <main id="main" className="flex flex-col gap-6">
        {children}
      </main>
    </div>
  );
}
