import { isDeepStrictEqual } from 'node:util';
import { Bench } from 'tinybench';
import { summarize, type Summary } from '../measure/statistics.ts';

/** Ways to do the same thing. */
export interface Comparison<T> {
  readonly title: string;
  readonly variants: Readonly<Record<string, () => T | Promise<T>>>;
  /** What all variants have to agree on. */
  readonly meaning: (result: T) => unknown;
  /** What they have to make; by default, what the first one makes. */
  readonly expected?: unknown;
  /** Things done in one call, for what is too short to be timed alone. */
  readonly perCall?: number;
  /** A column beside the times. */
  readonly remark?: { readonly heading: string; readonly of: (result: T) => string };
}

export interface Timings {
  readonly title: string;
  /** Null where times are all there is to say. */
  readonly remarkHeading: string | null;
  readonly rows: readonly Timing[];
}

export interface Timing {
  readonly variant: string;
  readonly meanUs: Summary;
  /** Of all threads of this process, also of those that collect garbage. */
  readonly cpuUs: Summary;
  readonly remark: string;
}

/** Variants that are not the same thing, so that their times cannot be compared. */
export class DisagreementError extends Error {}

/** Variants take turns, so that a slow minute of the machine hits all of them. */
const ROUNDS = 3;

/**
 * Proves that all variants agree, then times them.
 *
 * @param budgetMs time to measure each variant for, in all rounds together
 * @throws {DisagreementError} before anything is timed
 */
export async function compare<T>(comparison: Comparison<T>, budgetMs: number): Promise<Timings> {
  const { title, variants, perCall = 1, remark } = comparison;
  const results = await agreedResults(comparison);
  const measured = Object.keys(variants).map(() => ({ meanUs: [] as number[], cpuUs: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, run] of Object.values(variants).entries()) {
      const { meanUs, cpuUs } = await time(run, budgetMs / ROUNDS);
      measured[index]?.meanUs.push(meanUs / perCall);
      measured[index]?.cpuUs.push(cpuUs / perCall);
    }
  }
  return {
    title,
    remarkHeading: remark?.heading ?? null,
    rows: results.map(({ variant, result }, index) => ({
      variant,
      meanUs: summarize(measured[index]?.meanUs ?? []),
      cpuUs: summarize(measured[index]?.cpuUs ?? []),
      remark: remark?.of(result) ?? '',
    })),
  };
}

async function agreedResults<T>({ title, variants, meaning, expected }: Comparison<T>) {
  const results: { variant: string; result: T }[] = [];
  let agreed = expected;
  for (const [variant, run] of Object.entries(variants)) {
    const result = await run();
    const found = meaning(result);
    if (agreed === undefined) agreed = found;
    if (!isDeepStrictEqual(found, agreed)) {
      throw new DisagreementError(`${title}: ${variant} makes ${shown(found)} where it should make ${shown(agreed)}`);
    }
    results.push({ variant, result });
  }
  return results;
}

/** Mean times of one call in microseconds. */
async function time(run: () => unknown, budgetMs: number): Promise<{ meanUs: number; cpuUs: number }> {
  let before = process.cpuUsage();
  let used = { user: 0, system: 0 };
  const bench = new Bench({
    time: budgetMs,
    warmupTime: budgetMs / 3,
    // Few, because a call may take a tenth of a second.
    iterations: 3,
    warmupIterations: 1,
    throws: true,
    setup: () => void (before = process.cpuUsage()),
    teardown: () => void (used = process.cpuUsage(before)),
  });
  bench.add('', run);
  const [task] = await bench.run();
  if (task?.result.state !== 'completed') throw new Error(`nothing was measured: ${task?.result.state}`);
  const { latency } = task.result;
  return { meanUs: latency.mean * 1000, cpuUs: (used.user + used.system) / latency.samplesCount };
}

function shown(value: unknown): string {
  const text = Buffer.isBuffer(value) ? value.toString('latin1') : (JSON.stringify(value) ?? String(value));
  return text.length > 200 ? `${text.slice(0, 200)}… (${text.length} characters)` : text;
}
