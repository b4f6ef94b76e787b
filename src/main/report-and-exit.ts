import type { Config } from '../shared/config.ts';
import type { Failure } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { Extension } from './extension/extension.ts';
import { postInitError } from './runtime-api/init-error.ts';
import { sleep } from './timers.ts';

/** The platform may be gone or not listening for this; the exit must not wait for it. */
const REPORT_TIMEOUT_MS = 1000;

/** Ends a start that cannot succeed: in the log, to the platform as runtime and as extension, then exit code 1. */
export async function reportAndExit(
  config: Config,
  extension: Extension,
  failure: Failure,
  logger: Logger,
): Promise<never> {
  logger.fatal({ errorType: failure.errorType }, failure.errorMessage);
  const reports = Promise.allSettled([
    postInitError(config.extensionsApi, failure).then(() => extension.reportInitError(failure)),
  ]);
  await Promise.race([reports, sleep(REPORT_TIMEOUT_MS)]);
  process.exit(1);
}
