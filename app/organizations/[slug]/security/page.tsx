import { LockKeyhole } from 'lucide-react';
import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { type RuleState, ruleBoard } from '@/lib/organization/second-factor-rule';
import { mandateDeadline, mandateDefaults } from '@/lib/policy/mandate';
import { planGate, planNames } from '@/lib/policy/plan';
import { requireMembership } from '@/lib/session/current';
import { ruleMandate } from '@/lib/session/factor-standing';
import { ActivateForm, ChangeForm, DeactivateForm } from './form';
import { isStrength, Readiness, strengths } from './readiness';
import { Unready } from './unready';

export const metadata: Metadata = { title: 'Two-factor rule' };

function ActiveRule({
  rule,
  name,
  now,
}: {
  readonly rule: RuleState;
  readonly name: string;
  readonly now: number;
}) {
  const deadline = mandateDeadline(ruleMandate(rule, name), 0);
  const isResting = rule.pausedAt !== null && rule.pausedAt <= now;
  return (
    <Card
      title="Mandatory two-factor authentication"
      aside={isResting ? <Badge tone="warn">Paused</Badge> : <Badge tone="ok">Active</Badge>}
    >
      <KeyValues
        items={[
          {
            label: 'Activated',
            value: (
              <>
                <Moment at={rule.activatedAt} now={now} />
                {rule.activatedBy && <> by {rule.activatedBy}</>}
              </>
            ),
          },
          { label: 'Deadline', value: deadline === null ? '' : <Moment at={deadline} now={now} /> },
          ...(rule.pausedAt === null
            ? []
            : [
                {
                  label: isResting ? 'Paused' : 'Pauses',
                  value: (
                    <>
                      <Moment at={rule.pausedAt} now={now} />, because the plan does not include it. Nobody
                      loses a second factor.
                    </>
                  ),
                },
              ]),
        ]}
      />
    </Card>
  );
}

type SecurityPageProps = {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<{ readonly strength?: string | string[] }>;
};

export default async function SecurityPage({ params, searchParams }: SecurityPageProps) {
  const { slug } = await params;
  const { strength: asked } = await searchParams;
  const { session, membership } = await requireMembership(slug, 'admin');
  const { organizationId, name, plan } = membership;
  const { rule, people } = await ruleBoard(organizationId);
  const gate = planGate(plan, 'organizationSecondFactor');
  const terms = {
    slug,
    strengths,
    graceHours: rule?.graceHours ?? mandateDefaults.graceHours,
    minimumStrength: isStrength(asked) ? Number(asked) : (rule?.minimumStrength ?? mandateDefaults.strength),
  };
  return (
    <div className="flex max-w-form flex-col gap-6">
      <PageHeader
        title="Two-factor rule"
        description={`Everybody in ${name}, guests included, must use a second factor to enter it. Their other organizations are not touched.`}
      />
      {rule && <ActiveRule rule={rule} name={name} now={session.now} />}
      {!rule && gate.open && session.factors.strengthTowards < terms.minimumStrength && (
        <Callout tone="warn" title="You are bound by it too">
          <p>
            You have no second factor that counts yet. After activating you are taken to set one up first.
          </p>
        </Callout>
      )}
      <Card
        title={rule ? 'Grace period and methods' : 'Activate'}
        description="On activation everybody is mailed the deadline. Reminders follow 12 hours and 1 hour before; at the deadline those who are not ready are signed out and asked to set up."
      >
        {gate.open ? (
          rule ? (
            <ChangeForm {...terms} />
          ) : (
            <ActivateForm {...terms} />
          )
        ) : (
          <Locked needs={planNames[gate.needs]} />
        )}
      </Card>
      <Card
        title="Who is touched"
        description="Second factors as they stand now. Choose a weakest method to see who would not be ready for it."
      >
        <Readiness slug={slug} people={people} needed={terms.minimumStrength} />
      </Card>
      <Unready people={people} needed={terms.minimumStrength} isActive={rule !== null} />
      {rule && (
        <Card
          title="Deactivate"
          description="Nobody’s second factor is removed by it. Activating again within 7 days keeps the deadline."
        >
          <DeactivateForm slug={slug} />
        </Card>
      )}
    </div>
  );
}

function Locked({ needs }: { readonly needs: string }) {
  return (
    <div className="flex flex-col gap-4">
      <Callout tone="neutral" title={`Available on ${needs}`}>
        <p>
          Mandatory two-factor authentication for an organization needs {needs} or higher. Everybody can set
          up their own on any plan.
        </p>
      </Callout>
      <div>
        <button
          type="button"
          aria-disabled="true"
          className="control inline-flex items-center gap-2 rounded-md border border-edge bg-sunken px-4 py-2 text-left font-medium text-muted text-sm"
        >
          <LockKeyhole aria-hidden className="size-4 shrink-0" />
          Activate mandatory two-factor authentication for your teammates
        </button>
      </div>
    </div>
  );
}
