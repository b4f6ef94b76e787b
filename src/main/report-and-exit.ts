import type { Config } from '../shared/config.ts';
import type { Failure } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { Extension } from './extension/extension.ts';
import { postStartError, type StartPhase } from './runtime-api/start-error.ts';
import { sleep } from './timers.ts';

/** The platform may be gone or not listening for this; the exit must not wait for it. */
const REPORT_TIMEOUT_MS = 1000;
/** How long a report that is not taken is repeated. */
const TOO_EARLY_MS = 600;
const REPEAT_AFTER_MS = 50;

/** A start that cannot succeed. */
export interface FailedStart {
  readonly config: Config;
  /** Null when the platform did not register it. */
  readonly extension: Extension | null;
  readonly logger: Logger;
  readonly phase: StartPhase;
}

/** Ends a start that cannot succeed: in the log, to the platform as runtime and as extension, then exit code 1. */
export async function reportAndExit(start: FailedStart, failure: Failure): Promise<never> {
  start.logger.fatal({ errorType: failure.errorType }, failure.errorMessage);
  await Promise.race([report(start, failure), sleep(REPORT_TIMEOUT_MS)]);
  process.exit(1);
}

async function report({ config, extension, phase }: FailedStart, failure: Failure): Promise<void> {
  // Until the last extension has registered there is no runtime process to speak for, and the call is refused or breaks off.
  // Without this one among them there never will be.
  const repeatUntil = extension === null ? 0 : performance.now() + TOO_EARLY_MS;
  while (!(await isTaken(config, phase, failure)) && performance.now() < repeatUntil) await sleep(REPEAT_AFTER_MS);
  await extension?.reportInitError(failure).catch(() => {});
}

/** The platform's own address: a proxy in its place need not be there yet. */
async function isTaken(config: Config, phase: StartPhase, failure: Failure): Promise<boolean> {
  try {
    const { status } = await postStartError(config.extensionsApi, phase, failure);
    return status < 300;
  } catch {
    return false;
  }
}
