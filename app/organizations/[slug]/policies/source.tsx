import { Moment } from '@/components/ui/moment';
import type { EffectivePolicy } from '@/lib/policy/effective';
import type { LayerSource } from '@/lib/policy/layer';
import { settingOf } from '@/lib/policy/policy';
import { valueText } from '@/lib/policy/setting-text';
import type { SettingName } from '@/lib/policy/settings';

function SourceName({ source }: { readonly source: LayerSource }) {
  const words = source.kind === 'programme' ? 'platform programme' : `policy of ${source.name}`;
  return (
    <>
      {words}, version {source.version}
      {source.author !== null && `, by ${source.author}`}, since <Moment at={source.since} show="absolute" />
    </>
  );
}

export function inForceText(policy: EffectivePolicy, name: SettingName): string {
  if (name !== 'allowList') return valueText(settingOf(name), policy.values[name]);
  const { enforced, monitored } = policy.values.allowList;
  if (enforced.length > 0)
    return `${enforced.length === 1 ? 'one list' : `${enforced.length} lists`}, all must allow`;
  return monitored.length > 0 ? 'watching only' : 'off';
}

/** "Where does this come from?": the value in force for somebody of the domain, and each layer that asks for it. */
export function Source({ policy, name }: { readonly policy: EffectivePolicy; readonly name: SettingName }) {
  const { sources, adjustedBy = [] } = policy.settings[name];
  return (
    <details className="open:basis-full">
      <summary className="inline-flex min-h-6 touch:min-h-11 items-center rounded-sm">
        <span className="link">Where does this come from?</span>
        <span className="sr-only">: {settingOf(name).label}</span>
      </summary>
      <div className="mt-1 flex flex-col gap-0.5 border-line border-l-2 pl-3 text-muted">
        <p>
          In force now: <span className="font-medium text-ink">{inForceText(policy, name)}</span>
        </p>
        {sources.length === 0 && <p>No rule in force sets this, so the base value holds.</p>}
        {sources.map((source) => (
          <p key={source.id}>
            <SourceName source={source} />
          </p>
        ))}
        {adjustedBy.map((source) => (
          <p key={`adjusted-${source.id}`}>
            Lifted by <SourceName source={source} />
          </p>
        ))}
      </div>
    </details>
  );
}
