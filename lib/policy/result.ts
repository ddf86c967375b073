/** An expected outcome as a value. Exceptions are for bugs and outages only. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** Wraps a success. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** Wraps an expected failure; `error` is a closed union discriminated by `code`. */
export const fail = <E>(error: E): Result<never, E> => ({ ok: false, error });

/** Marks a switch as exhaustive: reaching it is a bug, never an expected failure. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
