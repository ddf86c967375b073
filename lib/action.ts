import 'server-only';
import { headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import type * as z from 'zod';
import { clientAddress } from '@/lib/io/client-address';
import { log } from '@/lib/io/log';
import { outageOf } from '@/lib/io/outage';
import {
  type FormInput,
  fieldErrors,
  readForm,
  summaryOf,
  typedValues,
  unstorableFields,
} from '@/lib/policy/form-input';
import type { FormState } from '@/lib/policy/form-state';
import type { ReauthenticationNeed } from '@/lib/policy/reauthentication';
import { shortenCookie } from '@/lib/session/cookie-renewal';
import {
  type CurrentSession,
  currentSession,
  type Membership,
  type Role,
  requireMembership,
  requireOperator,
  requireSession,
} from '@/lib/session/current';
import { dutyPath } from '@/lib/session/duties';
import { whileActing } from '@/lib/session/outage-page';
import { askConfirmation, withoutConfirmation } from '@/lib/sign-in/confirmation';

/**
 * Who may knock. `duty` is a signed-in person whom a duty binds; `guest` to `owner` are roles of the organization whose
 * slug the form carries in `organization`. A claimant's door is asked by lib/sign-in inside the run.
 */
export type Door = 'anyone' | 'duty' | 'user' | 'guest' | 'member' | 'admin' | 'owner' | 'operator';

type Client = { readonly address: string | null; readonly userAgent: string | null };
type CallerOf<D extends Door> = Client &
  (D extends 'anyone' ? unknown : D extends Role ? Membership : { readonly session: CurrentSession });

/** What a run answers: a message in place, a way to go, or a refusal at its fields. */
export type Outcome =
  | { readonly kind: 'done'; readonly message: string; readonly data?: Readonly<Record<string, string>> }
  | { readonly kind: 'go'; readonly path: string }
  | { readonly kind: 'refuse'; readonly summary: string; readonly fields: Readonly<Record<string, string>> };

export const done = (message: string, data?: Readonly<Record<string, string>>): Outcome =>
  data === undefined ? { kind: 'done', message } : { kind: 'done', message, data };

/** `path` must be one of our own; a path that came from outside passes lib/policy/return-path first. */
export const go = (path: string): Outcome => ({ kind: 'go', path });

export const refuse = (summary: string, fields: Readonly<Record<string, string>> = {}): Outcome => ({
  kind: 'refuse',
  summary,
  fields,
});

type StepUp<S extends z.ZodType> =
  | ReauthenticationNeed
  | ((input: z.output<S>) => ReauthenticationNeed | null);

type ActionSpec<S extends z.ZodType, D extends Door> = {
  readonly input: S;
  readonly as: D;
  /**
   * The act needs a fresh proof of who is there (spec 3.2, step-up), always or for some inputs. Doors without a session
   * cannot ask for one.
   */
  readonly stepUp?: D extends 'anyone' ? never : StepUp<S>;
  readonly run: (input: z.output<S>, caller: CallerOf<D>) => Promise<Outcome>;
};

const outageText =
  'We cannot reach our own records at the moment. Nothing was changed. Try again in a minute.';
const unstorableText = 'This holds a character that cannot be kept. Remove it and try again.';

const errorState = (
  summary: string,
  fields: Readonly<Record<string, string>>,
  input: FormInput,
): FormState => ({ status: 'error', summary, fields, values: typedValues(input) });

const isRole = (door: Door): door is Role =>
  door === 'guest' || door === 'member' || door === 'admin' || door === 'owner';

async function clientOf(): Promise<Client> {
  const given = await headers();
  return { address: clientAddress(given), userAgent: given.get('user-agent') };
}

/** Asks who is there; leaves by redirect, 403 or 404 when the door is not theirs. */
async function enter(door: Door, input: FormInput): Promise<unknown> {
  const client = await clientOf();
  if (door === 'anyone') return client;
  if (door === 'operator') return { ...client, session: await requireOperator() };
  if (isRole(door)) {
    const slug = typeof input.organization === 'string' ? input.organization : '';
    return { ...client, ...(await requireMembership(slug, door)) };
  }
  return { ...client, session: await requireSession(door === 'duty' ? { despite: 'duty' } : {}) };
}

function stateOf(outcome: Outcome, input: FormInput): FormState {
  switch (outcome.kind) {
    case 'done':
      return outcome.data === undefined
        ? { status: 'done', message: outcome.message }
        : { status: 'done', message: outcome.message, data: outcome.data };
    case 'refuse':
      return errorState(outcome.summary, outcome.fields, input);
    case 'go':
      return redirect(outcome.path);
  }
}

const dutyTexts = {
  change_password: ['Your password must be changed before this can be sent.', 'Change your password'],
  contact_email: ['A contact email is needed before this can be sent.', 'Enter a contact email'],
  enroll_second_factor: ['A second factor is needed before this can be sent.', 'Set up a second factor'],
} as const;

/**
 * A duty that came up while a form was being filled in: the form stays as it is and says what to do first. Without
 * JavaScript the page itself would be drawn anew, so there the gate leads away and brings the person back.
 */
async function askDutyFirst(door: Door, input: FormInput): Promise<FormState | null> {
  if (door === 'anyone' || door === 'duty' || !(await headers()).has('next-action')) return null;
  const found = await currentSession();
  if (found.state !== 'running' || found.session.duty === null) return null;
  const { duty } = found.session;
  const [what, label] = dutyTexts[duty.step];
  const summary = `${what} What you typed is still here: do that first, then send this again.`;
  return {
    status: 'error',
    summary,
    fields: {},
    values: typedValues(input),
    first: { path: dutyPath(duty), label },
  };
}

async function perform<S extends z.ZodType, D extends Door>(
  spec: ActionSpec<S, D>,
  input: FormInput,
): Promise<FormState> {
  const first = await askDutyFirst(spec.as, input);
  if (first !== null) return first;
  // `enter` builds exactly what CallerOf promises for this door; the compiler cannot follow the switch.
  const caller = (await enter(spec.as, input)) as CallerOf<D>;
  if (hasSession(caller)) await shortenCookie(caller.session);
  const unstorable = unstorableFields(input);
  if (unstorable.length > 0) {
    const fields = Object.fromEntries(unstorable.map((name) => [name, unstorableText]));
    return errorState(summaryOf(fields), fields, input);
  }
  const parsed = spec.input.safeParse(withoutConfirmation(input));
  if (!parsed.success) {
    const fields = fieldErrors(parsed.error.issues);
    return errorState(summaryOf(fields), fields, input);
  }
  const asks: StepUp<S> | undefined = spec.stepUp;
  const need = typeof asks === 'function' ? asks(parsed.data) : (asks ?? null);
  const asked = need === null ? null : await confirm(need, caller, input);
  return asked ?? stateOf(await spec.run(parsed.data, caller), input);
}

const hasSession = (caller: object): caller is Client & { readonly session: CurrentSession } =>
  'session' in caller;

async function confirm(need: ReauthenticationNeed, caller: object, input: FormInput) {
  if (!hasSession(caller)) throw new Error('a step-up needs a session');
  const { session, userAgent } = caller;
  return askConfirmation({ session, userAgent, need, input });
}

/**
 * The one wrapper of server actions: who is asking, what was sent, run, answer. Expected failures come back at their
 * fields; an outage grants nothing and says so; exception text never leaves the server.
 */
export function action<S extends z.ZodType, D extends Door>(spec: ActionSpec<S, D>) {
  return async (_previous: FormState, form: FormData): Promise<FormState> => {
    // Whoever calls an action without a form chooses its arguments freely.
    const input: FormInput = form instanceof FormData ? readForm(form.entries()) : {};
    try {
      return await whileActing(() => perform(spec, input));
    } catch (error) {
      unstable_rethrow(error);
      const outage = outageOf(error);
      if (outage === null) throw error;
      log().error({ error: outage.message }, 'an action met an outage');
      return errorState(outageText, {}, input);
    }
  };
}
