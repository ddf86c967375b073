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
    }
  | {
      readonly status: 'done';
      readonly message: string;
      readonly data?: Readonly<Record<string, string>>;
    };

/** A form nobody has sent yet. */
export const idle: FormState = { status: 'idle' };
