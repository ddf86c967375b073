import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { TextLink } from '@/components/ui/text-link';
import { policyPath } from '../texts';
import type { PolicyView } from '../view';
import { ImportForm } from './form';

/** A policy as a file: out of one domain and into another. */
export function ImportCard({ view }: { readonly view: PolicyView }) {
  const { slug, about, isOwner, screen } = view;
  return (
    <Card
      title="Export and import"
      description={
        <>
          The saved policy as JSON, by the published <TextLink href="/policy.schema.json">schema</TextLink>.
        </>
      }
      aside={
        <a
          href={policyPath(slug, about.domain, '/export')}
          download
          className={buttonClass('secondary', 'small')}
        >
          Export JSON
        </a>
      }
    >
      {isOwner && screen.policy.isClaimed && <ImportForm about={about} />}
    </Card>
  );
}
