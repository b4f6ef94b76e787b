import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../bench/dev/cli.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves with the URL that the program says it serves at. */
  readonly url: Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Runs the development server to its end. */
export function runCli(...args: readonly string[]): Promise<Ended> {
  return startCli(...args).ended;
}

/** The same with `--once`, on any free port. */
export function runOnce(...args: readonly string[]): Promise<Ended> {
  return runCli('--once', '--port', '0', ...args);
}

export function startCli(...args: readonly string[]): Running {
  const { npm_lifecycle_event: _, ...env } = process.env;
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  const url = Promise.withResolvers<string>();
  url.promise.catch(() => {});
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    const found = /^Open (\S+) or try:$/m.exec(output.stdout)?.[1];
    if (found !== undefined) url.resolve(found);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      url.reject(new Error(`it never served: ${output.stdout}${output.stderr}`));
      resolve({ code, ...output });
    });
  });
  return { child, url: url.promise, ended };
}
