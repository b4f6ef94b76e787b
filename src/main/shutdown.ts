import type { Logger } from '../shared/logger.ts';
import type { Coordinator } from './coordinator/coordinator.ts';
import type { Extension } from './extension/extension.ts';
import type { Invoker } from './pool/invoker.ts';
import { sleep } from './timers.ts';

/** What the platform gives external extensions. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const BUDGET_MS = 2000;
/** Kept for the exit itself: after the deadline the platform kills. */
const EXIT_MARGIN_MS = 150;

/** Ends the process in good order on SHUTDOWN or a signal: no new invocation, those under way finish, exit code 0. */
export function shutDownOn(extension: Extension, coordinator: Coordinator, invoker: Invoker, logger: Logger): void {
  let begun = false;
  const shutDown = async (reason: string, deadlineMs: number): Promise<void> => {
    if (begun) return;
    begun = true;
    logger.debug(`shutting down: ${reason}`);
    const lastMomentMs = deadlineMs - EXIT_MARGIN_MS;
    const unfinished = await coordinator.drain(lastMomentMs);
    for (const requestId of unfinished) logger.error({ requestId }, 'not finished before the shutdown');
    await Promise.race([invoker.close(), sleep(Math.max(lastMomentMs - Date.now(), 0))]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void shutDown(signal, Date.now() + BUDGET_MS));
  }
  void extension
    .waitForShutdown(logger)
    .then(({ reason, deadlineMs }) => shutDown(`SHUTDOWN ${reason}`, deadlineMs ?? Date.now() + BUDGET_MS));
}
