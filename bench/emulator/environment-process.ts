import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface ProcessExit {
  /** null when a signal ended it, or it could not be started. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started. */
  readonly error: string | null;
}

export interface EnvironmentProcess {
  /** null when it could not be started. */
  readonly pid: number | null;
  /** The moment before its exec, on the clock of `performance.now()`. */
  readonly startedAtMs: number;
  /** Never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** The end of what it wrote, for messages. */
  readonly lastLines: readonly string[];
  /** Sends a signal to the process and its children; does nothing after its end. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has exited; after `graceMs` milliseconds that is by SIGKILL. */
  exitWithin(graceMs: number): Promise<void>;
}

const KEPT_LINES = 30;
/** How long output may still come in after the end of the process, in milliseconds: a grandchild can hold the pipe open. */
const OUTPUT_GRACE_MS = 100;

/** Starts a program in a process group of its own, as the platform does, so that a signal reaches all that it starts. */
export function startProcess(
  [file = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string | undefined,
  onLine: (line: string) => void,
): EnvironmentProcess {
  const lastLines: string[] = [];
  const startedAtMs = performance.now();
  const child = spawn(file, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const output of [child.stdout, child.stderr]) {
    eachLine(output, (line) => {
      if (lastLines.push(line) > KEPT_LINES) lastLines.shift();
      onLine(line);
    });
  }
  let running = child.pid !== undefined;
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, error: error.message });
    });
    child.once('exit', (code, signal) => {
      // What it started goes with it: the environment ends with its main processes.
      sendSignal('SIGKILL');
      running = false;
      const exit = { code, signal, error: null };
      const late = setTimeout(() => resolve(exit), OUTPUT_GRACE_MS);
      child.once('close', () => {
        clearTimeout(late);
        resolve(exit);
      });
    });
  });
  return { pid: child.pid ?? null, startedAtMs, exited, lastLines, signal: sendSignal, exitWithin };

  function sendSignal(name: NodeJS.Signals): void {
    if (!running || child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group has ended in the meantime.
    }
  }

  async function exitWithin(graceMs: number): Promise<void> {
    const timer = setTimeout(() => sendSignal('SIGKILL'), graceMs);
    await exited;
    clearTimeout(timer);
  }
}

function eachLine(output: Readable, onLine: (line: string) => void): void {
  let rest = '';
  output.setEncoding('utf8');
  output.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  output.once('end', () => {
    if (rest !== '') onLine(rest);
  });
}
