import type { ReactNode } from 'react';
import { Shell } from '@/app/shell';
import { requireMembership } from '@/lib/session/current';

type LayoutProps = {
  readonly params: Promise<{ readonly slug: string }>;
  readonly children: ReactNode;
};

export default async function PoliciesLayout({ params, children }: LayoutProps) {
  const { slug } = await params;
  const { session } = await requireMembership(slug, 'admin');
  return (
    <Shell session={session} slug={slug}>
      {children}
    </Shell>
  );
}
