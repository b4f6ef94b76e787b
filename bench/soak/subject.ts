import { fileURLToPath } from 'node:url';
import { startEnvironment, type Environment } from '../emulator/environment.ts';
import { DEADLINE_MARGIN_MS, FAILING_STATUS } from './kinds/faults.ts';
import { sampleProcess, type ProcessSample } from './process-sample.ts';
import type { InvokeMode } from '../../src/shared/config.ts';
import { Tally } from './tally.ts';

/** One adapter under soak, and all that is known of it. */
export interface Subject {
  readonly mode: InvokeMode;
  readonly tally: Tally;
  readonly emulator: Environment['emulator'];
  /** Lines of its log that tell of a dead thread or an error that nothing caught. */
  readonly defects: readonly string[];
  /** Why it ended before it was told to; null while it lives. */
  readonly endedEarly: string | null;
  /** What it holds now, or held last when it has ended. */
  sample(): ProcessSample;
  /** Ends the environment; resolves to the exit code, null when it had to be killed. */
  stop(): Promise<number | null>;
}

const ADAPTER = fileURLToPath(new URL('../../dist/lambda-adapter', import.meta.url));
const DEFECT = /worker thread \d+ died|worker pool:|nothing caught/;
const KEPT_DEFECTS = 5;

/** @throws Error with its last lines of log when the adapter does not start. */
export async function startSubject(mode: InvokeMode, appPort: number, concurrency: number): Promise<Subject> {
  const defects: string[] = [];
  let endedEarly: string | null = null;
  let stopping = false;
  const environment = await startEnvironment({
    emulator: {
      mode: 'managed-instances',
      maxConcurrency: concurrency,
      concurrencyVisibleToExtensions: true,
      invocationIds: true,
    },
    adapter: {
      command: [ADAPTER],
      env: {
        AWS_LWA_PORT: String(appPort),
        AWS_LWA_READINESS_CHECK_PATH: '/ready',
        AWS_LWA_INVOKE_MODE: mode,
        AWS_LWA_ENABLE_COMPRESSION: 'true',
        AWS_LWA_ERROR_STATUS_CODES: String(FAILING_STATUS),
        AWS_LWA_DEADLINE_MARGIN_MS: String(DEADLINE_MARGIN_MS),
        // The default leaves a machine with two processors only one thread.
        AWS_LWA_WORKERS: '2',
      },
    },
    app: null,
    onLog(_source, line) {
      if (DEFECT.test(line) && defects.length < KEPT_DEFECTS) defects.push(line);
    },
  });
  const { adapter, emulator } = environment;
  void adapter.exited.then(({ code, signal }) => {
    if (!stopping)
      endedEarly = `it ended by itself with ${signal ?? `exit code ${code}`}: ${adapter.lastLines.join('\n')}`;
  });
  const stop = async (): Promise<number | null> => {
    stopping = true;
    return (await environment.stop()).adapterExitCode;
  };
  try {
    await emulator.waitForInit();
    await emulator.waitForParked(concurrency);
  } catch (error) {
    await stop();
    throw error;
  }
  let last = sampleProcess(adapter.pid ?? NaN);
  return {
    mode,
    tally: new Tally(),
    emulator,
    defects,
    get endedEarly() {
      return endedEarly;
    },
    sample() {
      try {
        last = sampleProcess(adapter.pid ?? NaN);
      } catch {
        // It is gone, of which `endedEarly` tells.
      }
      return last;
    },
    stop,
  };
}
