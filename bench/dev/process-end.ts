import type { Environment, EnvironmentProcess, ProcessName } from '../emulator/environment.ts';
import type { DevOptions } from './options.ts';
import { isShown } from './process-log.ts';

/** Resolves with what happened when the adapter or the app ends, on which Lambda would end the environment. */
export function firstToEnd({ adapter, app }: Environment, options: DevOptions): Promise<string> {
  const ends = [describeEnd('adapter', adapter, options)];
  if (app !== null) ends.push(describeEnd('app', app, options));
  return Promise.race(ends);
}

async function describeEnd(name: ProcessName, process: EnvironmentProcess, options: DevOptions): Promise<string> {
  const { code, signal, error } = await process.exited;
  const how = error ?? (signal === null ? `exit code ${code}` : `signal ${signal}`);
  return `The ${name} ended by itself (${how}); on Lambda the whole environment ends with it.\n${lastLines(name, process, options)}`;
}

/** What a process said before things went wrong, unless that is on the screen already. */
export function lastLines(name: ProcessName, process: EnvironmentProcess, options: DevOptions): string {
  if (process.lastLines.length === 0) return `The ${name} printed nothing.`;
  if (isShown(name, options)) return `What the ${name} printed is above.`;
  return `The last that the ${name} printed:\n${process.lastLines.map((line) => `  ${line}`).join('\n')}`;
}
