import type { Extensions } from './extensions.ts';
import type { InitPhase } from './init-phase.ts';
import type { InvocationRouter } from './invocation-router.ts';
import type { Settings } from './settings.ts';
import type { ShutdownReason } from './types.ts';

interface Parts {
  readonly settings: Settings;
  readonly extensions: Extensions;
  readonly router: InvocationRouter;
  readonly init: InitPhase;
}

/** Share of the budget that the runtime process has between SIGTERM and SIGKILL. */
const RUNTIME_SHARE = 0.3;

/**
 * The shutdown sequence: the runtime process is gone before an extension hears of it, and everything shares one budget that
 * starts now.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export async function endEnvironment(
  { settings, extensions, router, init }: Parts,
  reason: ShutdownReason,
  budgetMs: number,
  stopRuntime: ((budgetMs: number) => Promise<void>) | undefined,
): Promise<void> {
  const deadlineMs = Date.now() + budgetMs;
  init.stop();
  router.abortAll();
  await stopRuntime?.(budgetMs * RUNTIME_SHARE);
  settings.onStep({ kind: 'shutdown', reason, deadlineMs });
  await extensions.shutDown(reason, deadlineMs);
}
