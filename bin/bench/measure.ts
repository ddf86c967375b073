const concurrency = 8;
const roundMs = 1000;
const rounds = 3;

/** One path of the product; `worker` tells its parallel callers apart. */
export type Path = { readonly name: string; readonly run: (worker: number) => Promise<unknown> };

async function perSecond(path: Path): Promise<number> {
  const since = performance.now();
  let count = 0;
  const call = async (worker: number) => {
    while (performance.now() - since < roundMs) {
      await path.run(worker);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, worker) => call(worker)));
  return (count / (performance.now() - since)) * 1000;
}

/** Calls per second of each path: the median of rounds that take turns, so that a busy moment hits all alike. */
export async function measure(paths: readonly Path[]): Promise<ReadonlyMap<string, number>> {
  const seen = new Map(paths.map(({ name }) => [name, [] as number[]]));
  for (const path of paths) await path.run(0);
  for (let round = 0; round < rounds; round++) {
    for (const path of paths) seen.get(path.name)?.push(await perSecond(path));
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return new Map([...seen].map(([name, values]) => [name, median(values)]));
}
