import * as v from 'valibot';
import { FIGURE_NAMES } from '../../measure/figures.ts';

/** Of the file. Whoever changes the meaning of a field raises it. */
export const FORMAT = 1;

function listOf<const T extends v.GenericSchema>(item: T) {
  return v.pipe(v.array(item), v.readonly());
}

const TEXT = v.string();
const NUMBER = v.pipe(v.number(), v.finite());
const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));
const POSITIVE = v.pipe(v.number(), v.integer(), v.minValue(1));

/** NaN is null in JSON: a figure that does not apply. One that the file lacks was not measured then. */
const FIGURE = v.pipe(
  v.nullish(NUMBER, null),
  v.transform((value) => value ?? NaN),
);

const LIMIT = v.variant('kind', [
  v.object({ kind: v.literal('duration'), ms: NUMBER }),
  v.object({
    kind: v.literal('requests'),
    count: COUNT,
    mostBytes: v.exactOptional(COUNT),
    mostMs: v.exactOptional(NUMBER),
  }),
]);

const LOOP = v.variant('kind', [
  v.object({ kind: v.literal('closed') }),
  v.object({ kind: v.literal('open'), perSecond: NUMBER }),
]);

const MACHINE = v.object({ processor: TEXT, cores: POSITIVE, memoryBytes: NUMBER, system: TEXT, node: TEXT });

const ADAPTER = v.object({ name: TEXT, path: TEXT, version: TEXT, env: v.record(TEXT, TEXT) });

const TRIAL = v.object({
  scenario: TEXT,
  inFlight: POSITIVE,
  loop: LOOP,
  workers: v.nullable(COUNT),
  round: POSITIVE,
  adapter: TEXT,
  invocations: COUNT,
  failures: COUNT,
  /** null without failures. */
  firstFailure: v.nullable(TEXT),
  /** null when something failed. */
  figures: v.nullable(v.object(v.entriesFromList(FIGURE_NAMES, FIGURE))),
  /** Milliseconds since the warm-up began, megabytes. */
  memory: listOf(v.object({ atMs: NUMBER, residentMb: NUMBER })),
  /** Of the adapter, by name: microseconds of processor time per invocation. */
  threads: listOf(v.object({ name: TEXT, cpuUs: NUMBER })),
});

/** A whole run: what `--json` writes and `--report` and `--against` read. */
export const RESULTS = v.object({
  format: v.literal(FORMAT),
  date: v.pipe(TEXT, v.isoTimestamp()),
  machine: MACHINE,
  /** Of this project's checkout, `-dirty` with changes; null when it is not one. */
  commit: v.nullable(TEXT),
  /** What to type for the same measurement again. */
  command: TEXT,
  adapters: v.pipe(listOf(ADAPTER), v.minLength(1)),
  options: v.object({ rounds: POSITIVE, warmUp: LIMIT, measurement: LIMIT }),
  trials: v.pipe(listOf(TRIAL), v.minLength(1)),
});

export type Results = v.InferOutput<typeof RESULTS>;
export type MeasuredTrial = v.InferOutput<typeof TRIAL>;
