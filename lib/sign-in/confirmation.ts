import 'server-only';
import { sendFactorCode, type TypedMethod } from '@/lib/account/factor-proof';
import { askForPasskey } from '@/lib/account/passkey-proof';
import {
  extendReauthentication,
  passkeyStepUp,
  type ReauthenticationRefusal,
  reauthenticate,
  reauthenticateByPasskey,
  reauthenticationMethods,
  stepUpUse,
} from '@/lib/account/reauthentication';
import {
  factorRefusalText,
  passkeyRefusalText,
  passwordRefusalText,
  sendRefusalText,
} from '@/lib/account/refusal-text';
import { database, transaction } from '@/lib/io/db';
import { type FormInput, isSecretName } from '@/lib/policy/form-input';
import type { FormState } from '@/lib/policy/form-state';
import type { ReauthenticationNeed } from '@/lib/policy/reauthentication';
import { unreachable } from '@/lib/policy/result';
import type { CurrentSession } from '@/lib/session/current';

/** The fields of "Confirm it is you", sent along with the form that they confirm. */
const prefix = 'confirm_';
const names = {
  password: `${prefix}password`,
  code: `${prefix}code`,
  method: `${prefix}method`,
  send: `${prefix}send`,
  passkey: `${prefix}passkey`,
} as const;

type Confirmation = Extract<FormState, { status: 'confirm' }>;
type Asked = {
  readonly session: CurrentSession;
  readonly userAgent: string | null;
  readonly need: ReauthenticationNeed;
  readonly input: FormInput;
};

const methodLabels = {
  email: 'Emailed code (weak)',
  sms: 'Texted code',
  totp: 'Authentication app',
  backup: 'Backup code',
} as const satisfies Record<TypedMethod, string>;

const isTypedMethod = (method: string): method is TypedMethod => method in methodLabels;

const textOf = (input: FormInput, name: string): string | undefined => {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
};

/** The form as it was sent, without what confirms it. */
export const withoutConfirmation = (input: FormInput): FormInput =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !name.startsWith(prefix)));

/** What the confirming form carries along, each value in a field of its own; secrets must be typed again. */
function carried(input: FormInput): readonly (readonly [string, string])[] {
  return Object.entries(withoutConfirmation(input))
    .filter(([name]) => !isSecretName(name))
    .flatMap(([name, value]) => [value].flat().map((text) => [name, text] as const));
}

async function ask(asked: Asked, given: Partial<Confirmation>): Promise<Confirmation> {
  const methods = reauthenticationMethods(asked.session, asked.need);
  const typed = methods.filter((method): method is TypedMethod => method !== 'passkey');
  const options = methods.includes('passkey')
    ? await askForPasskey(database(), passkeyStepUp(asked.session))
    : null;
  return {
    status: 'confirm',
    summary: '',
    fields: {},
    method: textOf(asked.input, names.method) ?? typed[0] ?? '',
    methods: typed.map((method) => ({ value: method, label: methodLabels[method] })),
    username: asked.session.loginEmail,
    carried: carried(asked.input),
    passkey: options === null ? null : JSON.stringify(options),
    sent: null,
    ...given,
  };
}

/** The state that asks "Confirm it is you", for a page that begins with it. */
export const confirmationOf = (
  session: CurrentSession,
  need: ReauthenticationNeed,
  input: FormInput,
): Promise<Confirmation> => ask({ session, need, input, userAgent: null }, {});

function refusedAt(refusal: ReauthenticationRefusal, now: number): Pick<Confirmation, 'summary' | 'fields'> {
  switch (refusal.code) {
    case 'password_missing':
      return { summary: 'Enter your password.', fields: { [names.password]: 'Enter your password.' } };
    case 'password': {
      const text = passwordRefusalText(refusal.refusal, now);
      return { summary: text, fields: { [names.password]: text } };
    }
    case 'factor_missing':
      return { summary: 'Enter a code.', fields: { [names.code]: 'Enter a code.' } };
    case 'factor': {
      const text = factorRefusalText(refusal.refusal, now);
      return { summary: text, fields: { [names.code]: text } };
    }
    case 'too_weak':
      return {
        summary: 'This needs a stronger second factor than you have. Set up an authentication app first.',
        fields: {},
      };
    default:
      return unreachable(refusal);
  }
}

async function send(asked: Asked, method: 'email' | 'sms'): Promise<Confirmation> {
  const { session, userAgent } = asked;
  const sent = await transaction((tx) => sendFactorCode(tx, stepUpUse(session, userAgent), method));
  if (!sent.ok) {
    const text = sendRefusalText(sent.error, session.now);
    return ask(asked, { summary: text, fields: { [names.code]: text } });
  }
  return ask(asked, { sent: { reference: sent.value.reference } });
}

/**
 * Step-up as a gate: null when the act may go on, else the state that asks "Confirm it is you" within the same form, so that
 * nothing typed is lost, with and without JavaScript.
 */
export async function askConfirmation(asked: Asked): Promise<Confirmation | null> {
  const { session, input, need, userAgent } = asked;
  const password = textOf(input, names.password);
  const typedMethod = textOf(input, names.method) ?? '';
  const method = isTypedMethod(typedMethod) ? typedMethod : undefined;
  if (textOf(input, names.send) !== undefined && (method === 'email' || method === 'sms'))
    return send(asked, method);
  const answer = textOf(input, names.passkey);
  if (answer) {
    const proven = await reauthenticateByPasskey(session, answer, userAgent);
    if (proven.ok) return null;
    return ask(asked, { summary: passkeyRefusalText(proven.error) });
  }
  if (password === undefined) return (await extendReauthentication(session, need)) ? null : ask(asked, {});
  const typed = { password, code: textOf(input, names.code), method };
  const proven = await reauthenticate(session, typed, { need, userAgent });
  return proven.ok ? null : ask(asked, refusedAt(proven.error, session.now));
}
