import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject, onTestFailed, onTestFinished } from 'vitest';
import { startProcess } from '../../../bench/emulator/environment-process.ts';
import { OrphanGuard } from '../../../bench/emulator/orphan-guard.ts';
import { LogLines } from '../../helpers/log-lines.ts';
import { nextPort } from './ports.ts';
import { makeRoot } from './root.ts';
import { untilListening } from './until-listening.ts';

export interface RieOptions {
  /** Its presence is what makes the emulator one of Managed Instances. */
  readonly maxConcurrency?: number;
  /** Keeps `AWS_LAMBDA_MAX_CONCURRENCY` from the adapter, as the emulator itself did before autumn 2026. */
  readonly hidesConcurrency?: boolean;
  /** Whole seconds; also the time for init. */
  readonly timeoutSeconds?: number;
  /** Variables of the function. */
  readonly env?: Readonly<Record<string, string>>;
  /** A script to start the runtime process with: the emulator prefers it, at /var/task/bootstrap, to the layer's. */
  readonly bootstrap?: string;
  /** Arguments of the emulator: how an image starts its app. */
  readonly command?: readonly string[];
  /** Scripts that are extensions, beside the adapter, by name. */
  readonly extensions?: Readonly<Record<string, string>>;
  /** False leaves the layer out. */
  readonly withAdapter?: boolean;
}

export interface RieAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface Rie {
  /** `host:port` of the Runtime API. */
  readonly runtimeApi: string;
  /** The process that all others descend from. */
  readonly pid: number;
  /** What the emulator, the adapter and the app wrote. */
  readonly log: LogLines;
  /** The calls of both APIs so far, in order, as `METHOD path`. */
  readonly calls: readonly string[];
  /** A value that is not text is sent as JSON. */
  invoke(event: unknown, headers?: Readonly<Record<string, string>>): Promise<RieAnswer>;
  /** SIGTERM, on which the emulator ends the environment. Resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Of the log, for the report of a test that fails. */
const KEPT_LINES = 60;
const INVOCATIONS = '/2015-03-31/functions/function/invocations';
/** Mounts and processes of its own: nothing of the machine is changed, and nothing is left when the first process ends. */
const NAMESPACE = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
/**
 * In the namespace this is process 1, with which everything ends that the emulator has started. All write to one pipe, so
 * that the order of lines is the order of what happened.
 */
const ENTER = 'mount --bind "$1/var" /var && mount --bind "$1/opt" /opt && cd /var/task && shift && exec "$@" 2>&1';
/** Its two modes write it differently. */
const CALL = /API request(?: - |" method=)([A-Z]+) (?:url=)?([^\s,]+)/;

/** Starts AWS's emulator over a root of its own; both are gone after the test. */
export async function startRie(options: RieOptions = {}): Promise<Rie> {
  const root = makeRoot(options);
  const [port, apiPort, appPort] = [await nextPort(), await nextPort(), await nextPort()];
  const log = new LogLines();
  const guard = new OrphanGuard();
  const emulator = [
    inject('emulatorProgram'),
    '--log-level=debug',
    `--runtime-interface-emulator-address=127.0.0.1:${port}`,
    `--runtime-api-address=127.0.0.1:${apiPort}`,
    ...(options.command ?? []),
  ];
  const env = variablesOf(options, root, appPort);
  const child = startProcess([...NAMESPACE, 'sh', '-c', ENTER, 'sh', root, ...emulator], env, undefined, log.add);
  guard.watch(child.pid);
  onTestFailed(() => console.error(log.lines.slice(-KEPT_LINES).join('\n')));
  onTestFinished(async () => {
    child.signal('SIGKILL');
    await child.exited;
    guard.dismiss();
    rmSync(root, { recursive: true, force: true });
  });
  // It takes invocations before its Runtime API listens.
  for (const needed of [port, apiPort]) await untilListening(needed, child);
  return {
    runtimeApi: `127.0.0.1:${apiPort}`,
    pid: child.pid ?? 0,
    log,
    get calls() {
      return callsIn(log);
    },
    async invoke(event, headers = {}) {
      const body = typeof event === 'string' ? event : JSON.stringify(event);
      const response = await fetch(`http://127.0.0.1:${port}${INVOCATIONS}`, { method: 'POST', headers, body });
      return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
    },
    async stop() {
      child.signal('SIGTERM');
      return (await child.exited).code;
    },
  };
}

function variablesOf(options: RieOptions, root: string, appPort: number): Record<string, string> {
  return {
    // Node for the adapter and the app.
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    // Where the concurrency is handed over must not be shared between tests.
    TMPDIR: join(root, 'tmp'),
    PORT: String(appPort),
    _HANDLER: 'run.sh',
    LAMBDA_TASK_ROOT: '/var/task',
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(options.timeoutSeconds ?? 20),
    AWS_LAMBDA_LOG_LEVEL: 'debug',
    ...(options.maxConcurrency !== undefined && { AWS_LAMBDA_MAX_CONCURRENCY: String(options.maxConcurrency) }),
    ...options.env,
  };
}

function callsIn(log: LogLines): string[] {
  return log.lines.flatMap((line) => {
    const [, method, path] = CALL.exec(line) ?? [];
    return method === undefined ? [] : `${method} ${path}`;
  });
}
