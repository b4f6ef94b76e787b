import { parseArgs } from 'node:util';
import { messageOf } from '../../src/shared/errors.ts';
import type { Limit } from '../load/limit.ts';
import type { Loop } from '../load/loop.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { adaptersFrom, type AdapterUnderTest } from './adapters.ts';
import { OPTIONS } from './option-table.ts';
import { payloadScenarios, scenariosCalled } from './scenarios.ts';
import { UsageError } from './usage-error.ts';
import { duration, integer, integers, list } from './values.ts';

export interface BenchOptions {
  readonly adapters: readonly AdapterUnderTest[];
  readonly scenarios: readonly Scenario[];
  readonly inFlight: readonly number[];
  readonly loops: readonly Loop[];
  /** null is each adapter's own default. */
  readonly workers: readonly (number | null)[];
  readonly rounds: number;
  readonly warmUp: Limit;
  readonly measurement: Limit;
}

const MAX_IN_FLIGHT = 1600;
const MAX_RATE = 100_000;
const MAX_WORKERS = 64;
const MAX_ROUNDS = 1000;
const MAX_REQUESTS = 10_000_000;
const MEGABYTE = 1024 * 1024;

/** What an option is when it is not given. */
const NORMAL = {
  scenario: 'small-json',
  inFlight: '1,10,64',
  rate: 'closed',
  rounds: '3',
  warmUp: { kind: 'duration', ms: 2000 },
  measurement: { kind: 'duration', ms: 4000 },
} as const;
const SMOKE = {
  scenario: 'all',
  inFlight: '1,8',
  rate: 'closed,50',
  rounds: '1',
  warmUp: { kind: 'requests', count: 20, mostBytes: MEGABYTE, mostMs: 50 },
  measurement: { kind: 'requests', count: 100, mostBytes: 64 * MEGABYTE, mostMs: 200 },
} as const;

/**
 * What to measure, and how.
 *
 * @throws {UsageError}
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const given = valuesOf(args);
  const fallback = given.smoke === true ? SMOKE : NORMAL;
  const payloads = payloadScenarios(given['payload-in'], given['payload-out']);
  const named = given.scenario ?? (payloads.length > 0 ? [] : [fallback.scenario]);
  return {
    adapters: adaptersFrom(given.adapter ?? [], given.env ?? [], given.calibrate === true),
    scenarios: [...scenariosCalled(named, given.adapter === undefined), ...payloads],
    inFlight: integers('in-flight', given['in-flight'] ?? fallback.inFlight, 1, MAX_IN_FLIGHT),
    loops: list(given.rate ?? fallback.rate).map(loop),
    workers: given.workers === undefined ? [null] : integers('workers', given.workers, 0, MAX_WORKERS),
    rounds: integer('rounds', given.rounds ?? fallback.rounds, 1, MAX_ROUNDS),
    warmUp: given['warm-up'] === undefined ? fallback.warmUp : duration('warm-up', given['warm-up'], 0),
    measurement: measurement(given.requests, given.duration) ?? fallback.measurement,
  };
}

/** @throws {UsageError} */
export function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

function loop(text: string): Loop {
  return text === 'closed' ? { kind: 'closed' } : { kind: 'open', perSecond: integer('rate', text, 1, MAX_RATE) };
}

function measurement(requests: string | undefined, seconds: string | undefined): Limit | null {
  if (requests === undefined) return seconds === undefined ? null : duration('duration', seconds, 0.1);
  if (seconds !== undefined) throw new UsageError('--requests and --duration exclude each other');
  return { kind: 'requests', count: integer('requests', requests, 1, MAX_REQUESTS) };
}
