import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEnvironment, type Environment } from '../emulator/environment.ts';
import { DEADLINE_MARGIN_MS, FAILING_STATUS } from './kinds/faults.ts';
import { LiveHeap } from './live-heap.ts';
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
  /** Bytes that its heaps hold when garbage is gone; 0 when it has ended. */
  heldBytes(): Promise<number>;
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
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const heap = new LiveHeap(folder);
  const environment = await startEnvironment({
    emulator: {
      mode: 'managed-instances',
      maxConcurrency: concurrency,
      concurrencyVisibleToExtensions: true,
    },
    adapter: {
      command: [ADAPTER],
      env: {
        ...heap.env,
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
    const { adapterExitCode } = await environment.stop();
    rmSync(folder, { recursive: true, force: true });
    return adapterExitCode;
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
    heldBytes: () => heap.measure(adapter.pid ?? NaN),
    stop,
  };
}
