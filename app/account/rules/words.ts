import type { EffectivePolicy, Resolved } from '@/lib/policy/effective';
import type { LayerSource } from '@/lib/policy/layer';
import { settingOf } from '@/lib/policy/policy';
import { type SettingGroup, settingGroups } from '@/lib/policy/setting';
import { valueText } from '@/lib/policy/setting-text';
import { type SettingName, settingNames } from '@/lib/policy/settings';

/** One rule in force, in words, with the layers it comes from; none: the product's own value. */
export type Rule = {
  readonly label: string;
  readonly value: string;
  readonly help: string;
  readonly sources: readonly LayerSource[];
  /** Layers of another rule that moved this one. */
  readonly adjustedBy: readonly LayerSource[];
};

export type RuleGroup = { readonly title: string; readonly rules: readonly Rule[] };

const titles: Readonly<Record<SettingGroup, string>> = {
  password: 'Your password',
  session: 'Your sessions',
  authentication: 'Your second factor',
  login: 'Signing in',
};

const from = (resolved: Resolved<unknown>) => ({
  sources: resolved.sources,
  adjustedBy: resolved.adjustedBy ?? [],
});

function networks({ settings }: EffectivePolicy): Rule {
  const { label, help } = settingOf('allowList');
  const count = settings.allowList.value.enforced.reduce((sum, list) => sum + list.entries.length, 0);
  const value = count === 0 ? 'off' : `on, ${count} ${count === 1 ? 'network' : 'networks'}`;
  return { label, help, value, ...from(settings.allowList) };
}

function ruleOf(policy: EffectivePolicy, name: SettingName): Rule {
  if (name === 'allowList') return networks(policy);
  const setting = settingOf(name);
  const resolved = policy.settings[name];
  const { label, help } = setting;
  return { label, help, value: valueText(setting, resolved.value), ...from(resolved) };
}

/** Grace and strength of a second factor say nothing while none is required. */
const isIdle = ({ values }: EffectivePolicy, name: SettingName): boolean => {
  const { onlyWith } = settingOf(name);
  return onlyWith === 'secondFactorRequired' && !values.secondFactorRequired;
};

function programmeRules({ settings }: EffectivePolicy, group: SettingGroup): readonly Rule[] {
  const special = settings.passwordSpecialCharacters;
  const contact = settings.contactEmailRequired;
  if (group === 'password' && special.value.length > 0)
    return [
      {
        label: 'Require one of these characters',
        value: special.value.join(' and one of '),
        help: 'A new password needs at least one of exactly these characters.',
        ...from(special),
      },
    ];
  if (group === 'login')
    return [
      {
        label: 'Require a verified contact email',
        value: contact.value ? 'on' : 'off',
        help: 'Signing in asks for an address that receives security mail.',
        ...from(contact),
      },
    ];
  return [];
}

/** Every rule in force for an account, by the groups of the policies screen. */
export const rulesOf = (policy: EffectivePolicy): readonly RuleGroup[] =>
  settingGroups.map((group) => ({
    title: titles[group],
    rules: [
      ...settingNames
        .filter((name) => settingOf(name).group === group && !isIdle(policy, name))
        .map((name) => ruleOf(policy, name)),
      ...programmeRules(policy, group),
    ],
  }));
