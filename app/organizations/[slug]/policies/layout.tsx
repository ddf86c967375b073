import type { ReactNode } from 'react';

/** The organization's layout draws the frame; the editor of a policy reads better narrow. */
export default function PoliciesLayout({ children }: { readonly children: ReactNode }) {
  return <div className="flex w-full max-w-form flex-col gap-6">{children}</div>;
}
