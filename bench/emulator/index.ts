import { Extensions } from './extensions.ts';
import { ExtensionsApi } from './extensions-api.ts';
import { close, listen, portOf } from './http-server.ts';
import { InitPhase } from './init-phase.ts';
import { InvocationRouter } from './invocation-router.ts';
import { processVariables } from './process-variables.ts';
import { route } from './routes.ts';
import { RuntimeApi } from './runtime-api.ts';
import { Snapshot } from './snapshot.ts';
import { withDefaults } from './settings.ts';
import { endEnvironment } from './shutdown.ts';
import type { Emulator, EmulatorOptions } from './types.ts';

export type { Emulator, EmulatorOptions, InvokeOptions, InvokeOutcome, PlatformStep, ShutdownReason } from './types.ts';

/**
 * Starts the side of Lambda that an execution environment talks to: Runtime API and Extensions API on a port of this
 * machine. It starts no processes; `startEnvironment` does.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const settings = withDefaults(options);
  const extensions = new Extensions(settings);
  const init = new InitPhase(settings, extensions);
  const router = new InvocationRouter(settings, extensions);
  const snapshot = new Snapshot(settings, init);
  const runtimeApi = new RuntimeApi(settings, router, init, snapshot);
  const extensionsApi = new ExtensionsApi(settings, extensions, router, init);
  const server = await listen(
    (request, response) => route(runtimeApi, extensionsApi, request, response),
    settings.port,
  );
  const address = `127.0.0.1:${portOf(server)}`;
  let ending: Promise<void> | null = null;
  return {
    mode: settings.mode,
    address,
    ...processVariables(settings, address),
    get parked() {
      return router.polls.size;
    },
    get mostParked() {
      return router.polls.most;
    },
    get droppedPolls() {
      return router.polls.dropped;
    },
    waitForRegistration: () => init.registered,
    waitForInit: () => init.done,
    waitForParked: (count) => router.polls.wait(count),
    invoke(event, invokeOptions) {
      snapshot.restore();
      return router.invoke(event, invokeOptions);
    },
    shutdown(reason, budgetMs = extensions.shutdownBudgetMs, stopRuntime) {
      ending ??= endEnvironment({ settings, extensions, router, init }, reason, budgetMs, stopRuntime);
      return ending;
    },
    crash(errorType, message) {
      const error = new Error(message);
      init.fail(error);
      router.crash(errorType, error);
    },
    async close() {
      init.fail(new Error('the emulator was closed'));
      router.refuseAll();
      await close(server);
    },
  };
}
