import { Moment } from '@/components/ui/moment';
import type { EffectivePolicy } from '@/lib/policy/effective';
import { settingOf } from '@/lib/policy/policy';
import { settingNames } from '@/lib/policy/settings';
import { inForceText } from '../source';

/** Every rule that applied to the person at that moment, with the layer it came from. */
export function Rules({ policy }: { readonly policy: EffectivePolicy }) {
  return (
    <details>
      <summary className="inline-flex min-h-9 touch:min-h-11 items-center rounded-sm">
        <span className="link">What applied to this person then</span>
      </summary>
      <dl className="mt-2 divide-y divide-line">
        {settingNames.map((name) => (
          <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2">
            <dt>{settingOf(name).label}</dt>
            <dd className="text-right">
              <span className="font-medium tabular-nums">{inForceText(policy, name)}</span>
              <span className="block text-muted text-xs">
                {policy.settings[name].sources.length === 0 && 'base value'}
                {policy.settings[name].sources.map((source) => (
                  <span key={source.id} className="block">
                    {source.kind === 'programme' ? 'platform programme' : source.name}, version{' '}
                    {source.version}, since <Moment at={source.since} show="absolute" />
                  </span>
                ))}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
