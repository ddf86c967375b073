import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { CodeText } from '@/components/ui/code-text';
import { KeyValues } from '@/components/ui/key-values';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { organizationSettings } from '@/lib/organization/organization-settings';
import { requireMembership } from '@/lib/session/current';
import { planWords } from '../../words';
import { SettingsForm } from './form';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({
  params,
}: {
  readonly params: Promise<{ readonly slug: string }>;
}) {
  const { slug } = await params;
  const { membership } = await requireMembership(slug, 'admin');
  const settings = await organizationSettings(membership.organizationId);
  return (
    <div className="flex max-w-form flex-col gap-6">
      <PageHeader
        title="Settings"
        description={`What ${settings.name} is called, and what its admins may do.`}
      />
      <Card>
        <SettingsForm
          slug={slug}
          name={settings.name}
          mayRename={membership.role === 'owner'}
          adminsMaySetPasswords={settings.adminsMaySetPasswords}
        />
      </Card>
      <Card title="About">
        <KeyValues
          items={[
            { label: 'Address', value: <CodeText>/organizations/{settings.slug}</CodeText> },
            { label: 'Plan', value: planWords[membership.plan] },
          ]}
        />
      </Card>
      <Card
        title="Leave"
        description="You lose access at once. The last owner cannot leave."
        aside={
          <LinkButton href={`/organizations/${slug}?act=leave`} size="small">
            Leave {settings.name}
          </LinkButton>
        }
      />
    </div>
  );
}
