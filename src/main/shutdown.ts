import type { Failure } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { Coordinator } from './coordinator/coordinator.ts';
import type { Extension } from './extension/extension.ts';
import type { Invoker } from './pool/invoker.ts';
import { delayUntil, sleep } from './timers.ts';

/** What the platform gives external extensions. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const BUDGET_MS = 2000;
/** Kept for the exit itself: after the deadline the platform kills. */
const EXIT_MARGIN_MS = 150;
/** Kept for telling the platform what could not be finished, so that callers get an answer and not just a time-out. */
const REPORT_MS = 200;

const UNFINISHED: Failure = {
  errorType: 'Runtime.Shutdown',
  errorMessage: 'not finished before the shutdown of the execution environment',
};

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Until `shutDownOn` takes over there is nothing to finish; without this a signal would end the process as if it had failed. */
export function exitOnSignals(): void {
  for (const signal of SIGNALS) process.on(signal, exit);
}

function exit(): never {
  process.exit(0);
}

/**
 * Ends the process in good order on SHUTDOWN or a signal: no new invocation, those under way finish or fail, exit code 0.
 * Of several such calls, as when a signal comes first and SHUTDOWN after it, the earliest deadline counts.
 */
export function shutDownOn(extension: Extension, coordinator: Coordinator, invoker: Invoker, logger: Logger): void {
  const { promise: timeIsUp, resolve: giveUp } = Promise.withResolvers<void>();
  let begun = false;
  const shutDown = (reason: string, deadlineMs: number): void => {
    logger.debug(`shutting down: ${reason}`);
    setTimeout(giveUp, delayUntil(deadlineMs, EXIT_MARGIN_MS + REPORT_MS));
    setTimeout(exit, delayUntil(deadlineMs, EXIT_MARGIN_MS));
    if (begun) return;
    begun = true;
    void finish(coordinator, invoker, timeIsUp).finally(exit);
  };
  for (const signal of SIGNALS) {
    process.off(signal, exit);
    process.on(signal, () => shutDown(signal, Date.now() + BUDGET_MS));
  }
  void extension
    .waitForShutdown(logger)
    .then(({ reason, deadlineMs }) => shutDown(`SHUTDOWN ${reason}`, deadlineMs ?? Date.now() + BUDGET_MS));
}

async function finish(coordinator: Coordinator, invoker: Invoker, timeIsUp: Promise<void>): Promise<void> {
  const drained = coordinator.drain();
  await Promise.race([drained, timeIsUp]);
  coordinator.giveUp(UNFINISHED);
  await Promise.race([drained, sleep(REPORT_MS)]);
  await invoker.close();
}
