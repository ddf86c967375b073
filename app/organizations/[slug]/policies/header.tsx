import { FilterChips } from '@/components/ui/filter-chips';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { policyPath } from './texts';

type PoliciesHeaderProps = {
  readonly slug: string;
  readonly domain: string | null;
  readonly domains: readonly string[];
};

/** The head of every page about policies: which domain, and the views of its policy. */
export function PoliciesHeader({ slug, domain, domains }: PoliciesHeaderProps) {
  return (
    <>
      <PageHeader
        title="Policies"
        description="How people with an email address of your domain sign in, whatever door they come through."
      />
      {domain !== null && (
        <Tabs
          label="Views of the policy"
          tabs={[
            { href: policyPath(slug, domain), label: 'Settings' },
            { href: policyPath(slug, domain, '/versions'), label: 'Versions' },
            { href: policyPath(slug, domain, '/presets'), label: 'Presets' },
            { href: policyPath(slug, domain, '/simulator'), label: 'Simulate' },
          ]}
        />
      )}
      {domain !== null && domains.length > 1 && (
        <FilterChips
          label="Domain"
          chips={domains.map((one) => ({ href: policyPath(slug, one), label: one, current: one === domain }))}
        />
      )}
    </>
  );
}
