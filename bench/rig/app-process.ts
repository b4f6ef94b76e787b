import { fork } from 'node:child_process';
import { once } from 'node:events';
import { programFile } from '../program-file.ts';
import type { Scenario } from '../scenarios/scenario.ts';

export interface AppProcess {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

const PROGRAM = programFile('./app.ts', import.meta.url);

/** Starts the app of a scenario. */
export function startApp(scenario: Scenario): Promise<AppProcess> {
  return startProgram(PROGRAM, [scenario.name]);
}

/** Starts a program that sends the address it listens at. It ends with this process, however that ends. */
export async function startProgram(program: string, args: readonly string[]): Promise<AppProcess> {
  const child = fork(program, args);
  const exited = once(child, 'exit');
  const failed = exited.then(([code]) => {
    throw new Error(`the app of the benchmark ended before it listened, with exit code ${String(code)}`);
  });
  const [address]: unknown[] = await Promise.race([once(child, 'message'), failed]);
  const { pid } = child;
  if (pid === undefined || !hasPort(address)) throw new Error('the app of the benchmark does not listen');
  return {
    pid,
    port: address.port,
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

function hasPort(value: unknown): value is { readonly port: number } {
  return typeof value === 'object' && value !== null && 'port' in value && typeof value.port === 'number';
}
