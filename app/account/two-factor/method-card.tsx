import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import type { BoundFactor } from '@/lib/account/factors';
import type { FactorMethod } from '@/lib/policy/second-factor';
import { MethodButtons } from './form';

const names: Readonly<Record<FactorMethod, string>> = {
  email: 'Codes by email',
  sms: 'SMS text message',
  totp: 'Authentication app',
  passkey: 'Passkeys',
};

const strengths: Readonly<Record<FactorMethod, { readonly tone: 'ok' | 'warn'; readonly text: string }>> = {
  email: { tone: 'warn', text: 'Weak: whoever reads your mail can sign in' },
  sms: { tone: 'warn', text: 'Weaker: a number can be taken over' },
  totp: { tone: 'ok', text: 'Strong' },
  passkey: { tone: 'ok', text: 'Strongest: cannot be phished' },
};

type MethodCardProps = {
  readonly factor: BoundFactor;
  /** Whether there are others beside it. */
  readonly hasRivals: boolean;
  readonly now: number;
};

/** One bound method: strength, since when, last used, and what can be done with it. */
export function MethodCard({ factor, hasRivals, now }: MethodCardProps) {
  const { method, mask, since, lastUsedAt, isDefault, count } = factor;
  const strength = strengths[method];
  const buttons = { method, name: names[method], isDefault, hasRivals };
  const never = <span className="text-muted">Not yet</span>;
  return (
    <Card
      title={names[method]}
      description={mask && <span className="font-mono">{mask}</span>}
      aside={isDefault ? <Badge tone="neutral">Default</Badge> : undefined}
      footer={
        method === 'passkey' ? (
          <>
            <LinkButton href="/account/passkeys" size="small">
              {count === 1 ? 'Manage your passkey' : `Manage ${count} passkeys`}
            </LinkButton>
            <MethodButtons {...buttons} removable={false} />
          </>
        ) : (
          <MethodButtons {...buttons} removable={since !== null} />
        )
      }
    >
      <KeyValues
        items={[
          { label: 'Strength', value: <Badge tone={strength.tone}>{strength.text}</Badge> },
          {
            label: 'Since',
            value: since === null ? 'Asked for by a rule' : <Moment at={since} now={now} />,
          },
          { label: 'Last used', value: lastUsedAt === null ? never : <Moment at={lastUsedAt} now={now} /> },
        ]}
      />
    </Card>
  );
}
