import 'server-only';

/** The bundler may load a module more than once in a process; what must exist once hangs on globalThis. */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`gatehouse.${name}`);
  const shelf: Record<symbol, unknown> = globalThis as never;
  if (!(key in shelf)) shelf[key] = make();
  return shelf[key] as T;
}
