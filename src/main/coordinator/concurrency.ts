import { readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../shared/config.ts';
import { MAX_CONCURRENCY } from '../config/load.ts';

/** Where `/opt/bootstrap`, which runs in the runtime process and sees more of the environment, leaves the number. */
const HAND_OVER_FILE = join(tmpdir(), '.lambda-adapter-max-concurrency');
const POLLS_PER_CPU = 16;
/** On so few, a thread for streams that are only passed on takes from the app what it wants to spare the coordinator. */
const FEW_PROCESSORS = 2;

/** How many polls to park. */
export type Concurrency =
  | { readonly kind: 'fixed'; readonly polls: number }
  /** Nobody told: begin with a guess and add polls while few are idle. */
  | { readonly kind: 'growing'; readonly polls: number; readonly most: number };

/**
 * Invocations at once. Lambda tells the runtime process but perhaps not its extensions, so there are several places to
 * look at; the last resort keeps Managed Instances from being served one by one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
 */
export function decideConcurrency(config: Config): Concurrency {
  if (config.maxConcurrency !== null) return { kind: 'fixed', polls: config.maxConcurrency };
  if (!isManagedInstance(config)) return { kind: 'fixed', polls: 1 };
  const handedOver = readHandOver();
  if (handedOver !== null) return { kind: 'fixed', polls: handedOver };
  return { kind: 'growing', polls: POLLS_PER_CPU * availableParallelism(), most: MAX_CONCURRENCY };
}

export function isManagedInstance(config: Config): boolean {
  return config.initializationType === 'lambda-managed-instances';
}

/**
 * Threads for invocations; 0 runs them on the coordinator's. One processor is left to the coordinator, unless responses are
 * compressed: that is work enough for all of them. On two processors a second thread brings brotli 1.4 and gzip 1.5 times the throughput, and
 * costs small answers 4 % of theirs; streams as they are cost a third less processor time without any.
 */
export function decideWorkers(config: Config, processors = availableParallelism()): number {
  if (config.workers !== null) return config.workers;
  const isConcurrent = config.maxConcurrency === null ? isManagedInstance(config) : config.maxConcurrency > 1;
  if (!isConcurrent) return 0;
  if (config.compression.length > 0) return processors;
  if (config.invokeMode === 'response_stream' && processors <= FEW_PROCESSORS) return 0;
  return Math.max(1, processors - 1);
}

function readHandOver(): number | null {
  try {
    const polls = Number(readFileSync(HAND_OVER_FILE, 'utf8'));
    return Number.isInteger(polls) && polls >= 1 && polls <= MAX_CONCURRENCY ? polls : null;
  } catch {
    return null;
  }
}
