import { type Comparison, comparison, sideOf } from './comparison';
import { effectivePolicy } from './effective';
import type { PolicyLayer } from './layer';
import { type SettingOutcome, unaffected } from './outcome';
import { type LayerValues, sameValue, settingOf } from './policy';
import { type SettingName, settingNames } from './settings';

type LoneChange = {
  readonly setting: SettingName;
  readonly comparison: Comparison;
  /** What is said of everybody whom it does not touch. */
  readonly untouched: SettingOutcome;
};

/** The comparisons of a change: as a whole, and for each changed setting changed alone. */
export type PreviewPlan = {
  readonly whole: Comparison;
  readonly alone: readonly LoneChange[];
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
  const side = (layers: readonly PolicyLayer[]) => sideOf(effectivePolicy([...others, ...layers]));
  const only = (layer: PolicyLayer | null) => (layer === null ? [] : [layer]);
  const before = side(only(versions.before));
  return {
    whole: comparison(before, side(only(versions.after))),
    alone: changed(versions).map((setting) => {
      const after = side(changedAlone(versions, setting));
      return { setting, comparison: comparison(before, after), untouched: { setting, ...unaffected } };
    }),
  };
}
