/** The four groups of the policies screen, in their order. */
export const settingGroups = ['password', 'session', 'authentication', 'login'] as const;
export type SettingGroup = (typeof settingGroups)[number];

/** Standards a policy can be measured against. */
export const standards = {
  nist: 'NIST SP 800-63B-4',
  asvs: 'OWASP ASVS 5.0',
  pci: 'PCI DSS 4.0.1',
} as const;
export type Standard = keyof typeof standards;

/**
 * What one clause of a standard asks of a setting. `met` gets the value and whether every sign-in under
 * this policy needs a second factor, because some clauses bind only a password that stands alone.
 */
export type Clause<V> = {
  readonly standard: Standard;
  readonly clause: string;
  readonly asks: string;
  readonly met: (value: V, secondFactor: boolean) => boolean;
};

/** Places that enforce a setting; a name per door so that each setting can be tested at each of its doors. */
export type EnforcementPoint =
  | 'set_password'
  | 'password_sign_in'
  | 'sign_in'
  | 'request'
  | 'sign_in_completed'
  | 'client_sign_in'
  | 'code_sent'
  | 'backup_codes_page';

/** One entry of an address list. `cidr` is canonical; an entry past `expiresAt` (epoch ms) allows nobody. */
export type AllowEntry = {
  readonly cidr: string;
  readonly label: string;
  readonly expiresAt: number | null;
};

/** `off` allows everybody, `monitor` records would-be refusals only, `enforce` refuses. */
export type AllowList = {
  readonly mode: 'off' | 'monitor' | 'enforce';
  readonly entries: readonly AllowEntry[];
};

type Common<V> = {
  readonly group: SettingGroup;
  /** The words on screen, exactly. */
  readonly label: string;
  /** One sentence of effect. */
  readonly help: string;
  readonly enforcedAt: readonly EnforcementPoint[];
  /** A seed document, or the clause of a standard. */
  readonly source: string;
  /** Not in the seeds; the screens mark it. */
  readonly beyondSeed?: true;
  /** A layer's value of this setting binds only while the same layer switches that toggle on. */
  readonly onlyWith?: string;
  /** What a programme item means that switches `onlyWith` on and leaves this open; a domain means its default. */
  readonly programmeDefault?: V;
  /** A new domain policy starts with this. */
  readonly default: V;
  /** In force where no layer sets anything: a fallback, never a floor. */
  readonly base: V;
  readonly clauses?: readonly Clause<V>[];
};

/** On or off; `stricter` says which of the two wins a merge. */
export type ToggleSetting = Common<boolean> & { readonly kind: 'toggle'; readonly stricter: 'on' | 'off' };

type Numeric = {
  readonly stricter: 'higher' | 'lower';
  readonly unit: 'characters' | 'hours' | 'minutes' | 'days' | 'passwords' | 'strength' | 'failures';
};

/** Always a number within [min, max]. */
export type IntegerSetting = Common<number> &
  Numeric & { readonly kind: 'integer'; readonly min: number; readonly max: number };

/** A number within [min, max], or off (`null`). */
export type LimitSetting = Common<number | null> &
  Numeric & { readonly kind: 'limit'; readonly min: number; readonly max: number };

/** One of the options, or off (`null`). A programme item may carry any number from 1 to `programmeMax`. */
export type ChoiceSetting = Common<number | null> &
  Numeric & { readonly kind: 'choice'; readonly options: readonly number[]; readonly programmeMax: number };

/** One of a few numbers that each have a name; never off. */
export type LevelSetting = Common<number> &
  Numeric & { readonly kind: 'level'; readonly options: Readonly<Record<number, string>> };

/** Shown, never editable. */
export type FixedSetting = Common<number> & Numeric & { readonly kind: 'fixed' };

/** A list of networks; in a merge every list that applies must allow. */
export type AddressesSetting = Common<AllowList> & {
  readonly kind: 'addresses';
  readonly stricter: 'every';
  readonly maxEntries: number;
};

export type Setting =
  | ToggleSetting
  | IntegerSetting
  | LimitSetting
  | ChoiceSetting
  | LevelSetting
  | FixedSetting
  | AddressesSetting;

/** The type of a setting's value. */
export type ValueOf<S extends Setting> = S['kind'] extends 'toggle'
  ? boolean
  : S['kind'] extends 'integer' | 'fixed' | 'level'
    ? number
    : S['kind'] extends 'limit' | 'choice'
      ? number | null
      : AllowList;
export type SettingValue = boolean | number | null | AllowList;

export const allowListOff: AllowList = { mode: 'off', entries: [] };
