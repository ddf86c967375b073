import { type EffectivePolicy, effectivePolicy } from './effective';
import type { PolicyLayer } from './layer';
import { type LayerValues, sameValue, settingOf } from './policy';
import { type SettingName, settingNames } from './settings';

/** The effective policies to compare: before, after, and one for each changed setting changed alone. */
export type PreviewPlan = {
  readonly before: EffectivePolicy;
  readonly after: EffectivePolicy;
  readonly alone: readonly { readonly setting: SettingName; readonly policy: EffectivePolicy }[];
};

type Versions = {
  /** The domain's layer in force; null where no policy is active. */
  readonly before: PolicyLayer | null;
  /**
   * The layer as it would be, its dates by `enablementAt` (version.ts) as a save would write them; null where the
   * policy is to be switched off.
   */
  readonly after: PolicyLayer | null;
};

/** Settings that mean something only together with the one that switches them on travel with it. */
const companions = (setting: SettingName): readonly SettingName[] => [
  setting,
  ...settingNames.filter((name) => settingOf(name).onlyWith === setting),
];

const carried = (values: LayerValues, names: readonly SettingName[]): LayerValues =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));

/** The domain's layer with one setting as it will be and all others as they are. */
function changedAlone({ before, after }: Versions, setting: SettingName): readonly PolicyLayer[] {
  const shape = after ?? before;
  if (shape === null) return [];
  const names = companions(setting);
  const kept = Object.entries(before?.values ?? {}).filter(([name]) => !names.some((each) => each === name));
  const expires = setting === 'passwordExpirationDays';
  const mandates =
    setting === 'secondFactorRequired' || settingOf(setting).onlyWith === 'secondFactorRequired';
  return [
    {
      ...shape,
      values: { ...Object.fromEntries(kept), ...carried(after?.values ?? {}, names) },
      expirationEnabledAt: (expires ? after : before)?.expirationEnabledAt ?? null,
      secondFactorEnabledAt: (mandates ? after : before)?.secondFactorEnabledAt ?? null,
      secondFactorRaised: (mandates ? after : before)?.secondFactorRaised ?? null,
    },
  ];
}

function changed({ before, after }: Versions): readonly SettingName[] {
  const value = (layer: PolicyLayer | null, name: SettingName) => layer?.values[name];
  return settingNames.filter((name) => {
    const [was, is] = [value(before, name), value(after, name)];
    return was === undefined || is === undefined ? was !== is : !sameValue(was, is);
  });
}

/**
 * Prepares a comparison for members with the same other layers; made once and used for many. `others` are the
 * programme items that bind them.
 */
export function previewPlan(versions: Versions, others: readonly PolicyLayer[]): PreviewPlan {
  const merged = (layers: readonly PolicyLayer[]) => effectivePolicy([...others, ...layers]);
  const only = (layer: PolicyLayer | null) => (layer === null ? [] : [layer]);
  return {
    before: merged(only(versions.before)),
    after: merged(only(versions.after)),
    alone: changed(versions).map((setting) => ({ setting, policy: merged(changedAlone(versions, setting)) })),
  };
}
