import { type EffectiveValues, stricterValue } from './effective';
import { defaultPolicy, isAllowList, type Policy, settingOf } from './policy';
import { allowListOff, type SettingValue, type Standard, standards } from './setting';
import { measure, valueText } from './setting-text';
import { type SettingName, settingNames } from './settings';

export const presetNames = ['default', 'carrier', 'nist', 'pci', 'asvs'] as const;
export type PresetName = (typeof presetNames)[number];

export type Preset = {
  readonly label: string;
  readonly help: string;
  readonly policy: Policy;
  /** Where the source asks for something a policy cannot hold; the gap report says it. */
  readonly exceptions: readonly { readonly name: SettingName; readonly asks: string }[];
};

const free = {
  passwordUppercase: false,
  passwordLowercase: false,
  passwordNumber: false,
  passwordSymbol: false,
  passwordLengthMax: 64,
  passwordMinimumAgeHours: 0,
} as const;
const twoFactors = {
  secondFactorRequired: true,
  secondFactorStrength: 2,
  codeLifetimeMinutes: 10,
  mobileSessionHours: 720,
  desktopSessionHours: 720,
} as const;

const preset = (
  label: string,
  help: string,
  values: Partial<Policy>,
  exceptions: Preset['exceptions'] = [],
): Preset => ({ label, help, policy: { ...defaultPolicy, ...values }, exceptions });

/** Ready-made policies; picking one fills a draft and saves nothing. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  default: preset('Domain default', 'What every claimed domain starts with.', {}),
  carrier: preset(
    'Carrier programme',
    'What carriers ask of calling platforms: complex passwords, rotation, a second factor at every sign-in.',
    {
      passwordLengthMin: 12,
      passwordLengthMax: 64,
      passwordSymbol: true,
      passwordExpirationDays: 90,
      passwordReuse: 5,
      secondFactorRequired: true,
      secondFactorStrength: 1,
    },
    [
      { name: 'passwordExpirationDays', asks: 'A new password every 30 days; the nearest option is 90.' },
      {
        name: 'passwordSymbol',
        asks: 'One of ! @ # $ % ^ & *; a policy accepts any non-alphanumeric character.',
      },
    ],
  ),
  nist: preset('NIST SP 800-63B-4', 'Long passwords without composition rules, and a second factor.', {
    ...free,
    ...twoFactors,
    passwordLengthMin: 15,
    webSessionIdleMinutes: 60,
  }),
  pci: preset('PCI DSS 4.0.1', 'What the card industry asks of every access.', {
    ...twoFactors,
    passwordLengthMin: 12,
    passwordLengthMax: 64,
    passwordUppercase: false,
    passwordReuse: 5,
    webSessionIdleMinutes: 15,
    lockoutMinutes: 30,
  }),
  asvs: preset('OWASP ASVS 5.0 L2', 'The verification standard for web applications, level 2.', {
    ...free,
    ...twoFactors,
    passwordLengthMin: 12,
    webSessionIdleMinutes: 60,
  }),
};

/**
 * A preset as it would replace a saved policy. No standard names an organization's own networks, so a list stays as it is;
 * the default switches it off and keeps its networks.
 */
export function presetOver(name: PresetName, { allowList }: Policy): Policy {
  const { policy } = presets[name];
  return { ...policy, allowList: name === 'default' ? { ...allowList, mode: 'off' } : allowList };
}

/** One line of the gap report. */
export type Gap = {
  readonly name: SettingName;
  readonly label: string;
  readonly clause: string;
  readonly asks: string;
  readonly value: string;
  readonly met: boolean;
};

/** A value in force as a policy would hold it; several lists in force count as one. */
function ownValue(values: EffectiveValues, name: SettingName): SettingValue {
  if (name !== 'allowList') return values[name];
  const entries = values.allowList.enforced.flatMap((list) => list.entries);
  return entries.length === 0 ? allowListOff : { mode: 'enforce', entries };
}

/** What a standard asks, clause by clause, against the policy in force. */
export function gapReport(values: EffectiveValues, standard: Standard): readonly Gap[] {
  return settingNames.flatMap((name) => {
    const setting = settingOf(name);
    const value = ownValue(values, name);
    return measure(setting, value, values.secondFactorRequired)
      .filter((clause) => clause.standard === standard)
      .map(({ clause, asks, met }) => {
        return { name, label: setting.label, clause, asks, met, value: valueText(setting, value) };
      });
  });
}

/** The Carrier programme against the policy in force: each thing it sets must be there or stricter. */
export function carrierGapReport(values: EffectiveValues): readonly Gap[] {
  const { policy, exceptions } = presets.carrier;
  const asked = settingNames.filter((name) => name !== 'passwordLengthMax' && !isAllowList(policy[name]));
  return asked.flatMap((name): readonly Gap[] => {
    const setting = settingOf(name);
    const [value, ask] = [ownValue(values, name), policy[name]];
    const wanted = name.startsWith('password') || name.startsWith('secondFactor');
    if (!wanted || ask === setting.base || isAllowList(value) || isAllowList(ask)) return [];
    const exception = exceptions.find((each) => each.name === name);
    const held = stricterValue(setting, value, ask) === value;
    const special = name === 'passwordSymbol' && values.passwordSpecialCharacters.length > 0;
    const rotated = name === 'passwordExpirationDays' && Number(value ?? Number.POSITIVE_INFINITY) <= 30;
    const met = exception === undefined ? held : special || rotated;
    const asks = exception?.asks ?? `${setting.label}: ${valueText(setting, ask)}.`;
    return [
      { name, label: setting.label, clause: 'Stages 1 to 3', asks, met, value: valueText(setting, value) },
    ];
  });
}

/** Everything a gap report can be made for. */
export const reportNames = { ...standards, carrier: 'Carrier programme' } as const;
export type ReportName = keyof typeof reportNames;

/** The gap report of one standard or of the Carrier programme. */
export const reportOf = (values: EffectiveValues, name: ReportName): readonly Gap[] =>
  name === 'carrier' ? carrierGapReport(values) : gapReport(values, name);
