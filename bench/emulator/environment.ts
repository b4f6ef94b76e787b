import { basename } from 'node:path';

import { baseVariables } from './base-variables.ts';
import { startProcess, type EnvironmentProcess, type ProcessExit } from './environment-process.ts';
import { startEmulator } from './index.ts';
import { OrphanGuard } from './orphan-guard.ts';
import type { Emulator, EmulatorOptions, PlatformStep } from './types.ts';

export type { EnvironmentProcess, ProcessExit } from './environment-process.ts';

export interface ProgramOptions {
  /** Program and arguments, without a shell. */
  readonly command: readonly string[];
  /** Variables of the function: on Lambda every process would see them, here each gets its own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface EnvironmentOptions {
  readonly emulator: EmulatorOptions;
  /** Stands for a file in `/opt/extensions`: `name`, by default the name of the file that `command` runs, is its name. */
  readonly adapter: ProgramOptions & { readonly name?: string };
  /** The runtime process, started once the adapter has registered; null when somebody else runs the app. */
  readonly app: ProgramOptions | null;
  /** Also hand down this process's variables, `AWS_LAMBDA_*` excepted. Default false: PATH, HOME and their like only. */
  readonly inheritEnv?: boolean;
  /** Called with each line that a process writes to stdout or stderr. */
  readonly onLog?: (source: ProcessName, line: string) => void;
}

export type ProcessName = 'adapter' | 'app';

export interface Environment {
  readonly emulator: Emulator;
  readonly adapter: EnvironmentProcess;
  /** null when somebody else runs the app. */
  readonly app: EnvironmentProcess | null;
  /** Ends the environment as the platform does; afterwards no process is left. A second call gives the first one's result. */
  stop(): Promise<StopResult>;
}

export interface StopResult {
  /** null when a signal ended the adapter: SIGKILL when it was not gone within the budget. */
  readonly adapterExitCode: number | null;
  readonly adapterSignal: NodeJS.Signals | null;
  /** null when somebody else runs the app. */
  readonly app: ProcessExit | null;
}

/**
 * Starts an execution environment as the platform does: the extension, and the runtime process once it has registered.
 * Resolves then; `emulator.waitForInit()` tells when the first invocation is welcome. A process that ends by itself ends
 * the environment: waits fail with its last lines of log, invocations with `Extension.Crash` or `Runtime.ExitError`.
 *
 * @throws Error with the adapter's last lines of log when it ends or does not register in time.
 */
export async function startEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const name = options.adapter.name ?? fileNameOf(options.adapter.command);
  let adapterHearsShutdown = false;
  const onStep = (step: PlatformStep) => {
    if (step.kind === 'registered' && step.name === name) adapterHearsShutdown = step.events.includes('SHUTDOWN');
    options.emulator.onStep?.(step);
  };
  const emulator = await startEmulator({ extensions: [name], ...options.emulator, onStep });
  const guard = new OrphanGuard();
  let crashed = false;
  let stopping: Promise<StopResult> | null = null;
  let app: EnvironmentProcess | null = null;
  const adapter = start('adapter', options.adapter, emulator.extensionEnv);
  try {
    await emulator.waitForRegistration();
    if (options.app !== null) app = start('app', options.app, emulator.runtimeEnv);
  } catch (error) {
    await stop();
    throw error;
  }
  return { emulator, adapter, app, stop };

  function start(source: ProcessName, program: ProgramOptions, platform: Emulator['runtimeEnv']): EnvironmentProcess {
    const env = { ...baseVariables(options.inheritEnv ?? false), ...platform, ...program.env };
    const started = startProcess(program.command, env, program.cwd, (line) => options.onLog?.(source, line));
    guard.watch(started.pid);
    void started.exited.then((exit) => {
      if (stopping !== null) return;
      crashed = true;
      const errorType = source === 'adapter' ? 'Extension.Crash' : 'Runtime.ExitError';
      emulator.crash(errorType, describeExit(source, program, exit, started.lastLines));
    });
    return started;
  }

  function stop(): Promise<StopResult> {
    stopping ??= end();
    return stopping;
  }

  async function end(): Promise<StopResult> {
    await emulator.shutdown(crashed ? 'FAILURE' : 'SPINDOWN', undefined, async (graceMs) => {
      app?.signal('SIGTERM');
      await app?.exitWithin(graceMs);
    });
    // Whoever did not subscribe to SHUTDOWN is killed without notice. The others have used their budget up, or have closed
    // their connection and only need a moment to exit.
    await adapter.exitWithin(adapterHearsShutdown ? EXIT_GRACE_MS : 0);
    await emulator.close();
    guard.dismiss();
    const exit = await adapter.exited;
    return { adapterExitCode: exit.code, adapterSignal: exit.signal, app: (await app?.exited) ?? null };
  }
}

const EXIT_GRACE_MS = 300;

/** `node --flags file` runs `file`. */
function fileNameOf([program = '', ...args]: readonly string[]): string {
  const script = args.find((argument) => !argument.startsWith('-'));
  return basename(/^node(?:js)?$/.test(basename(program)) && script !== undefined ? script : program);
}

function describeExit(
  source: ProcessName,
  { command }: ProgramOptions,
  { code, signal, error }: ProcessExit,
  lines: readonly string[],
): string {
  const how = error ?? (signal === null ? `exit code ${code}` : `signal ${signal}`);
  const output = lines.length === 0 ? 'It wrote nothing.' : `Its last lines:\n${lines.join('\n')}`;
  return `the ${source} (${command.join(' ')}) ended by itself: ${how}. ${output}`;
}
