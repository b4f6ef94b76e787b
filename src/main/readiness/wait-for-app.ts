import type { ReadinessConfig } from '../../shared/config.ts';
import { AdapterError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { sleep } from '../timers.ts';
import { describe, describeProbe } from './describe.ts';
import { listeningPorts } from './listening-ports.ts';
import { probe, type ProbeResult } from './probe.ts';

const REPORT_EVERY_MS = 2000;
const FIRST_PAUSE_MS = 1;
const SHORT_PAUSE_MS = 10;
const LONG_PAUSE_MS = 50;
/** How long probes stay close together: an app that starts within this time is found within 10 ms. */
const EAGER_MS = 2000;

/**
 * Probes the app until it is ready, one probe at a time.
 *
 * @param notOurs Ports that are known not to be the app's, for the hint in the messages.
 * @returns Milliseconds that it took.
 * @throws {AdapterError} `Function.AppNotReady`, with the cause, after the configured time-out.
 */
export async function waitForApp(config: ReadinessConfig, notOurs: readonly number[], logger: Logger): Promise<number> {
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  let found: ProbeResult | null = null;
  const explain = (): string => {
    if (found === null || found.kind === 'ready') return `no answer yet to ${describeProbe(config)}`;
    return describe(
      found,
      config,
      listeningPorts().filter((port) => port !== config.port && !notOurs.includes(port)),
    );
  };
  const reporter = setInterval(
    () => logger.warn(`the app is not ready after ${elapsed()} ms: ${explain()}`),
    REPORT_EVERY_MS,
  );
  const givingUp = throwAfter(
    config.timeoutMs,
    () => `the app was not ready within ${config.timeoutMs} ms: ${explain()}`,
  );
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = nextPause(pause, elapsed())) {
      found = await Promise.race([probe(config), givingUp.promise]);
      if (found.kind === 'ready') return elapsed();
      await Promise.race([sleep(pause), givingUp.promise]);
    }
  } finally {
    clearInterval(reporter);
    givingUp.cancel();
  }
}

function nextPause(pause: number, elapsedMs: number): number {
  return Math.min(pause * 2, elapsedMs < EAGER_MS ? SHORT_PAUSE_MS : LONG_PAUSE_MS);
}

function throwAfter(timeoutMs: number | null, explain: () => string): { promise: Promise<never>; cancel: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  if (timeoutMs === null) return { promise, cancel: () => {} };
  const timer = setTimeout(() => reject(new AdapterError('Function.AppNotReady', explain())), timeoutMs);
  return { promise, cancel: () => clearTimeout(timer) };
}
