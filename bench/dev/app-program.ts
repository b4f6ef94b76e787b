import { existsSync } from 'node:fs';
import type { ProgramOptions } from '../emulator/environment.ts';
import { USER_FOLDER } from './invoked-as.ts';
import type { DevOptions } from './options.ts';
import { anyFreePort, isFree } from './ports.ts';
import { BOOTSTRAP, EXAMPLE_APP } from './project-files.ts';
import { StartError } from './start-error.ts';

export interface App {
  readonly port: number;
  /** null when the user runs it already. */
  readonly program: ProgramOptions | null;
}

/** Which app is served, how it is started and where it listens. @throws {StartError} */
export async function decideApp({ command, appPort }: DevOptions): Promise<App> {
  const port = appPort ?? (await anyFreePort());
  if (command === null && appPort !== null) return alreadyRunning(port);
  if (appPort !== null && !(await isFree(port))) {
    throw new StartError(
      `Port ${port} is taken by another program, so your app could not listen there.\n` +
        'Stop that program, or choose another --app-port. If it is your app, leave the command out.',
    );
  }
  const own = command ?? [process.execPath, EXAMPLE_APP];
  const env = { PORT: String(port), AWS_LWA_PORT: String(port), _HANDLER: '' };
  return { port, program: { command: throughBootstrap(own), env, cwd: USER_FOLDER } };
}

async function alreadyRunning(port: number): Promise<App> {
  if (!(await isFree(port))) return { port, program: null };
  throw new StartError(
    `Nothing listens on port ${port}. Start your app first, or let this program start it: --app-port ${port} -- node server.js`,
  );
}

/** As on Lambda: the wrapper hands the concurrency over to the adapter and becomes the app. */
function throughBootstrap(command: readonly string[]): readonly string[] {
  return existsSync('/bin/sh') ? ['/bin/sh', BOOTSTRAP, ...command] : command;
}
