import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Moment } from '@/components/ui/moment';
import type { Tone } from '@/components/ui/state';
import { StepRow } from '@/components/ui/step-row';
import type { EffectiveName } from '@/lib/policy/effective';
import type { LayerSource } from '@/lib/policy/layer';
import { settingOf } from '@/lib/policy/policy';
import { overallHours } from '@/lib/policy/session';
import { valueText } from '@/lib/policy/setting-text';
import { type SettingName, settingNames } from '@/lib/policy/settings';
import type { SignInStep, TraceLine } from '@/lib/policy/sign-in';
import type { ClientKind, Simulation } from '@/lib/sign-in/simulation';
import { Rules } from './rules';

const stepLabels: Readonly<Record<SignInStep, string>> = {
  address_refused: 'Address allowed',
  locked_out: 'Not locked out',
  password: 'Password',
  second_factor: 'Second factor',
  change_password: 'No change of password due',
  contact_email: 'Contact email',
  enroll_second_factor: 'Second factor set up',
  save_backup_codes: 'Backup codes saved',
  signed_in: 'Signed in',
};

const verdicts: Readonly<Record<TraceLine['verdict'], { readonly label: string; readonly tone: Tone }>> = {
  met: { label: 'Passed', tone: 'ok' },
  unmet: { label: 'Stops here', tone: 'bad' },
  beyond: { label: 'Not reached', tone: 'neutral' },
};

const programmeLabels: Readonly<Record<string, string>> = {
  contactEmailRequired: 'Contact email verified',
  passwordSpecialCharacters: 'Special characters',
};

const isSetting = (name: EffectiveName): name is SettingName => settingNames.some((each) => each === name);
const ruleLabel = (name: EffectiveName): string =>
  isSetting(name) ? settingOf(name).label : (programmeLabels[name] ?? name);

const sourceText = (source: LayerSource): string =>
  `${source.kind === 'programme' ? 'platform programme' : source.name}, version ${source.version}`;

type TraceProps = { readonly simulation: Simulation; readonly client: ClientKind };

/** Every requirement in its order, with its verdict and the layers behind it. */
export function Trace({ simulation, client }: TraceProps) {
  const { person, trace, step, at } = simulation;
  const steps = trace.map((line) => stepLabels[line.step]);
  const current = trace.findIndex((line) => line.step === step);
  return (
    <Card
      title={`${person.name}, ${person.email}`}
      description={<Moment at={at} show="absolute" />}
      aside={<Outcome simulation={simulation} />}
    >
      <div className="flex flex-col gap-6">
        <StepRow steps={steps} current={current} stopped={step !== 'signed_in'} />
        <ol className="flex flex-col divide-y divide-line">
          {trace.map((line) => (
            <li key={line.step} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-3">
              <Line line={line} />
            </li>
          ))}
        </ol>
        <Consequences simulation={simulation} client={client} />
        <Rules policy={simulation.policy} />
      </div>
    </Card>
  );
}

function Outcome({ simulation }: { readonly simulation: Simulation }) {
  const isIn = simulation.step === 'signed_in' && simulation.isKindAllowed;
  return <Badge tone={isIn ? 'ok' : 'bad'}>{isIn ? 'Gets in' : 'Does not get in yet'}</Badge>;
}

function Line({ line }: { readonly line: TraceLine }) {
  const verdict = verdicts[line.verdict];
  return (
    <>
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className="font-medium">{stepLabels[line.step]}</span>
        {line.rules.map((rule) => (
          <span key={rule.name} className="text-muted text-xs">
            {ruleLabel(rule.name)}: {rule.sources.map(sourceText).join('; ')}
          </span>
        ))}
      </div>
      <Badge tone={verdict.tone}>{verdict.label}</Badge>
    </>
  );
}

/** What the list cannot say: the kind of client, the clear text, and the session that would begin. */
function Consequences({ simulation, client }: TraceProps) {
  const { policy, isKindAllowed, isPasswordChecked } = simulation;
  const { values } = policy;
  const limit = overallHours(client, values);
  const idle = client === 'web' ? values.webSessionIdleMinutes : null;
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
      {!isKindAllowed && <li className="text-bad">This kind of client is switched off for the domain.</li>}
      {isPasswordChecked && (
        <li>
          The rules for passwords are tighter than when this one was set: it is measured when it is typed.
        </li>
      )}
      <li>
        {limit === null ? 'The session does not end by itself' : `The session ends after ${limit} hours`}
        {idle !== null &&
          `, or after ${valueText(settingOf('webSessionIdleMinutes'), idle)} without activity`}
        .
      </li>
      {client === 'web' && values.singleWebSession && <li>Other web sessions of this person end.</li>}
      {client === 'web' && values.closeWithBrowser && <li>Closing the browser ends it.</li>}
    </ul>
  );
}
