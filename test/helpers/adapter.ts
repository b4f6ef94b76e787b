import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { startProcess, type EnvironmentProcess, type ProcessExit } from '../../bench/emulator/environment-process.ts';
import { startEmulator, type Emulator, type EmulatorOptions, type PlatformStep } from '../../bench/emulator/index.ts';
import { OrphanGuard } from '../../bench/emulator/orphan-guard.ts';
import type { InvokeOptions, InvokeOutcome } from '../../bench/emulator/types.ts';
import { startFaultyRuntimeApi, type FaultyRuntimeApi } from './faulty-runtime-api.ts';
import { LogLines } from './log-lines.ts';
import { startApp, type ScriptedApp } from './scripted-app.ts';

export interface AdapterOptions {
  /** Standard mode, and a function timeout that a busy machine does not reach, unless they say otherwise. */
  readonly emulator?: Partial<EmulatorOptions>;
  readonly env?: Readonly<Record<string, string>>;
  /** An app that may be asked for at another time or place; one that only echoes unless given. */
  readonly app?: ScriptedApp;
  /** File name of the launcher: the adapter is started from a layer's folders under this name. */
  readonly name?: string;
  /** The Node that runs it. */
  readonly node?: string;
  /** Puts a Runtime API that can misbehave before the platform: in its place, or as the proxy of another extension. */
  readonly faultyRuntimeApi?: 'in-place' | 'as-proxy';
  /** False returns as soon as the process runs. */
  readonly waitForInit?: boolean;
}

export interface RunningAdapter {
  readonly emulator: Emulator;
  readonly app: ScriptedApp;
  readonly process: EnvironmentProcess;
  readonly log: LogLines;
  readonly steps: readonly PlatformStep[];
  /** Private to this adapter. */
  readonly tmpdir: string;
  /** @throws Error when it was not asked for. */
  readonly runtimeApi: FaultyRuntimeApi;
  /** Invokes, on Managed Instances waiting for a poll if there is none; a value that is not text is sent as JSON. */
  invoke(event: unknown, options?: InvokeOptions): Promise<InvokeOutcome>;
  /** The end of the process, which from now on may end. */
  exit(): Promise<ProcessExit>;
  /** @throws Error when the process has ended although nothing asked for it, or the app got what is not HTTP. */
  stop(): Promise<void>;
}

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Longer than any test takes. */
const TIMEOUT_MS = 60_000;

/** Starts an adapter that ends with the test; the test fails if the process ends before. */
export async function startAdapter(options: AdapterOptions = {}): Promise<RunningAdapter> {
  const adapter = await launchAdapter(options);
  onTestFinished(() => adapter.stop());
  return adapter;
}

/** Starts the built adapter as a process of its own between an emulated platform and an app; whoever calls it stops it. */
export async function launchAdapter(options: AdapterOptions = {}): Promise<RunningAdapter> {
  const home = mkdtempSync(join(tmpdir(), 'adapter-test-'));
  const steps: PlatformStep[] = [];
  const name = options.name ?? 'lambda-adapter';
  const emulator = await startEmulator({
    mode: 'standard',
    timeoutMs: TIMEOUT_MS,
    extensions: [name],
    ...options.emulator,
    onStep: (step) => {
      steps.push(step);
      options.emulator?.onStep?.(step);
    },
  });
  const runtimeApi = options.faultyRuntimeApi === undefined ? null : await startFaultyRuntimeApi(emulator.address);
  const app = options.app ?? (await startApp());
  const log = new LogLines();
  const guard = new OrphanGuard();
  const child = startProcess(
    [options.node ?? process.env['ADAPTER_NODE'] ?? process.execPath, launcherCalled(options.name, home)],
    {
      PATH: process.env['PATH'] ?? '',
      ...emulator.extensionEnv,
      ...(runtimeApi !== null && {
        [options.faultyRuntimeApi === 'as-proxy' ? 'AWS_LWA_LAMBDA_RUNTIME_API_PROXY' : 'AWS_LAMBDA_RUNTIME_API']:
          runtimeApi.address,
      }),
      AWS_LWA_PORT: String(app.port),
      TMPDIR: home,
      ...options.env,
    },
    home,
    log.add,
  );
  guard.watch(child.pid);
  let mayEnd = false;
  let ended: ProcessExit | null = null;
  void child.exited.then((exit) => {
    ended = exit;
    emulator.crash('Extension.Crash', `the adapter ended: ${JSON.stringify(exit)}\n${log.text}`);
  });

  const adapter: RunningAdapter = {
    emulator,
    app,
    process: child,
    log,
    steps,
    tmpdir: home,
    get runtimeApi() {
      if (runtimeApi === null) throw new Error('start the adapter with faultyRuntimeApi');
      return runtimeApi;
    },
    invoke: (event, invokeOptions) =>
      emulator.invoke(typeof event === 'string' || event instanceof Uint8Array ? event : JSON.stringify(event), {
        waitForPollMs: TIMEOUT_MS,
        ...invokeOptions,
      }),
    exit: () => {
      mayEnd = true;
      return child.exited;
    },
    stop: async () => {
      const unexpected = mayEnd ? null : ended;
      child.signal('SIGKILL');
      await child.exited;
      guard.dismiss();
      await runtimeApi?.close();
      await emulator.close();
      await app.die();
      rmSync(home, { recursive: true, force: true });
      if (unexpected !== null) throw new Error(`the adapter ended: ${JSON.stringify(unexpected)}\n${log.text}`);
      if (app.complaints.length > 0) throw new Error(`the app got what is not HTTP: ${app.complaints.join('; ')}`);
    },
  };
  if (options.waitForInit === false) return adapter;
  try {
    await emulator.waitForInit();
    return adapter;
  } catch (error) {
    mayEnd = true;
    await adapter.stop();
    throw error;
  }
}

/** The launcher in dist/, or under another name in folders as a layer has them. */
function launcherCalled(name: string | undefined, home: string): string {
  if (name === undefined) return join(DIST, 'lambda-adapter');
  const launcher = join(home, 'opt/extensions', name);
  mkdirSync(dirname(launcher), { recursive: true });
  copyFileSync(join(DIST, 'lambda-adapter'), launcher);
  cpSync(join(DIST, 'adapter'), join(home, 'opt/lambda-adapter'), { recursive: true });
  return launcher;
}
