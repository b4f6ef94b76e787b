import { parseArgs } from 'node:util';
import { messageOf } from '../../src/shared/errors.ts';
import type { Limit } from '../load/closed-loop.ts';
import { findScenario, SCENARIOS } from '../scenarios/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { adaptersFrom, type AdapterUnderTest } from './adapters.ts';
import { OPTIONS, type OptionName } from './option-table.ts';
import { unacceptable, UsageError } from './usage-error.ts';

export interface BenchOptions {
  readonly adapters: readonly AdapterUnderTest[];
  readonly scenarios: readonly Scenario[];
  readonly inFlight: readonly number[];
  readonly rounds: number;
  readonly warmUp: Limit;
  readonly measurement: Limit;
}

const MAX_IN_FLIGHT = 1600;
const MAX_ROUNDS = 1000;
const MAX_SECONDS = 3600;
const MAX_REQUESTS = 10_000_000;

/** What an option is when it is not given. */
const NORMAL = {
  scenario: ['small-json'],
  inFlight: '1,10,64',
  rounds: '3',
  warmUp: duration('2', 'warm-up', 0),
  measurement: duration('4', 'duration', 0.1),
};
const SMOKE = {
  scenario: ['all'],
  inFlight: '1,16',
  rounds: '1',
  warmUp: { kind: 'requests', count: 50, mostBytes: 64 * 1024 * 1024 },
  measurement: { kind: 'requests', count: 300, mostBytes: 128 * 1024 * 1024 },
} as const;

/**
 * What to measure, and how.
 *
 * @throws {UsageError}
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const given = valuesOf(args);
  const fallback = given.smoke === true ? SMOKE : NORMAL;
  return {
    adapters: adaptersFrom(given.adapter ?? [], given.env ?? []),
    scenarios: scenarios(given.scenario ?? fallback.scenario),
    inFlight: list(given['in-flight'] ?? fallback.inFlight).map((text) => integer('in-flight', text, MAX_IN_FLIGHT)),
    rounds: integer('rounds', given.rounds ?? fallback.rounds, MAX_ROUNDS),
    warmUp: given['warm-up'] === undefined ? fallback.warmUp : duration(given['warm-up'], 'warm-up', 0),
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

function scenarios(given: readonly string[]): Scenario[] {
  const names = given.flatMap(list);
  if (names.includes('all')) return [...SCENARIOS];
  return names.map((name) => {
    const scenario = findScenario(name);
    if (scenario === null) throw unacceptable('scenario', name);
    return scenario;
  });
}

function measurement(requests: string | undefined, seconds: string | undefined): Limit | null {
  if (requests !== undefined) {
    if (seconds !== undefined) throw new UsageError('--requests and --duration exclude each other');
    return { kind: 'requests', count: integer('requests', requests, MAX_REQUESTS) };
  }
  return seconds === undefined ? null : duration(seconds, 'duration', 0.1);
}

function duration(text: string, name: OptionName, least: number): Limit {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(seconds >= least && seconds <= MAX_SECONDS)) throw unacceptable(name, text);
  return { kind: 'duration', ms: seconds * 1000 };
}

function integer(name: OptionName, text: string, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(number >= 1 && number <= most)) throw unacceptable(name, text);
  return number;
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}
