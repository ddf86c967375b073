/**
 * What a form knows after it was sent. Actions return it, form frames draw it; `values` are what was typed,
 * given back for re-display, and never hold a secret. `fields` maps a field's name to its message.
 */
export type FormState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'error';
      readonly summary: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly values: Readonly<Record<string, string>>;
      /** A page where something must be done first; it opens beside this form, which stays as it is. */
      readonly first?: { readonly path: string; readonly label: string };
    }
  | {
      /** The act needs a fresh proof of who is there; the form asks for it and carries along what was typed. */
      readonly status: 'confirm';
      readonly summary: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly method: string;
      readonly methods: readonly { readonly value: string; readonly label: string }[];
      readonly username: string;
      readonly carried: readonly (readonly [string, string])[];
      /** What the browser needs to answer with a passkey, as JSON; null where none is bound. */
      readonly passkey: string | null;
      /** The letters of a code that was just sent. */
      readonly sent: { readonly reference: string } | null;
    }
  | {
      readonly status: 'done';
      readonly message: string;
      readonly data?: Readonly<Record<string, string>>;
    };

/** A form nobody has sent yet. */
export const idle: FormState = { status: 'idle' };
