import 'server-only';
import { DrizzleQueryError } from 'drizzle-orm';

/**
 * An error of a statement carries the statement's parameters in its message and as a property, and the framework
 * prints errors nobody caught. Parameters are addresses, hashes and sealed values: they stay out of every error.
 */
export function keepParametersOutOfErrors(): void {
  Object.defineProperty(DrizzleQueryError.prototype, 'params', {
    configurable: true,
    get: () => [],
    set(this: DrizzleQueryError) {
      this.message = `Failed query: ${this.query}`;
    },
  });
}
