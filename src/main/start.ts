import type { Config } from '../shared/config.ts';
import { toFailure } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { decideConcurrency, decideWorkers } from './coordinator/concurrency.ts';
import { Coordinator } from './coordinator/coordinator.ts';
import type { Extension } from './extension/extension.ts';
import { createInlineInvoker } from './pool/inline-invoker.ts';
import type { Invoker } from './pool/invoker.ts';
import { ThreadPool } from './pool/thread-pool.ts';
import { AppGate } from './readiness/app-gate.ts';
import { AppWatch } from './readiness/app-watch.ts';
import { waitForApp } from './readiness/wait-for-app.ts';
import { reportAndExit } from './report-and-exit.ts';
import { shutDownOn } from './shutdown.ts';
import { passSnapshot, tellOfRestore } from './snapstart/snapshot.ts';
import { sleep } from './timers.ts';

/** The platform ends an init phase after 10 s. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const ASYNC_INIT_LIMIT_MS = 9800;

export function createInvoker(config: Config, logger: Logger): Invoker {
  const threads = decideWorkers(config);
  return threads === 0 ? createInlineInvoker(config) : new ThreadPool(config, threads, logger);
}

/**
 * From registration to serving: waits for the app, goes through the snapshot if there is one, then parks the polls.
 *
 * @throws {AdapterError} `Runtime.BeforeCheckpointError`
 */
export async function serve(config: Config, extension: Extension, invoker: Invoker, logger: Logger): Promise<void> {
  const gate = new AppGate(config.deadlineMarginMs);
  const watch = new AppWatch(config, gate, logger);
  const coordinator = new Coordinator(config.runtimeApi, invoker, gate, logger, (failure) =>
    watch.invocationFailed(failure),
  );
  shutDownOn(extension, coordinator, invoker, logger);

  const ready = waitUntilReady(config, logger).then(
    () => gate.open(),
    (error: unknown) => {
      const failure = toFailure(error);
      gate.fail(failure);
      return reportAndExit({ config, extension, logger, phase: 'init' }, failure);
    },
  );
  await (hasInitLimit(config) ? Promise.race([ready, sleep(ASYNC_INIT_LIMIT_MS)]) : ready);
  if (!gate.isOpen) logger.warn('the app is not ready yet: init ends here, invocations wait for it');
  if (config.initializationType === 'snap-start') {
    await passSnapshot(config);
    await tellOfRestore(config)
      .then(() => waitUntilReady(config, logger))
      .catch((error: unknown) => reportAndExit({ config, extension, logger, phase: 'restore' }, toFailure(error)));
  }
  const concurrency = decideConcurrency(config);
  logger.debug(concurrency, 'polling for invocations');
  coordinator.start(concurrency);
}

async function waitUntilReady(config: Config, logger: Logger): Promise<void> {
  const notOurs = [config.runtimeApi.port, config.extensionsApi.port];
  const afterMs = await waitForApp(config.readiness, notOurs, logger);
  logger.debug(`the app is ready after ${afterMs} ms`);
}

/** An asynchronous init is for the init phase of on-demand environments: the others have no short limit. */
function hasInitLimit(config: Config): boolean {
  return config.asyncInit && config.initializationType === 'on-demand';
}
