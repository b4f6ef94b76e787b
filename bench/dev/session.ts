import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../src/shared/errors.ts';
import { startEnvironment } from '../emulator/environment.ts';
import { decideApp } from './app-program.ts';
import { environmentOptions } from './environment-options.ts';
import { Observer } from './observer.ts';
import { openGateway } from './open-gateway.ts';
import type { DevOptions } from './options.ts';
import { firstToEnd } from './process-end.ts';
import { StartError } from './start-error.ts';
import { waitForInit } from './wait-for-init.ts';

/** Everything that runs while this program does: emulated Lambda, adapter, app, gateway. */
export interface Session {
  readonly url: string;
  readonly observer: Observer;
  /** Resolves with the reason when the adapter or the app ends by itself. */
  readonly broken: Promise<string>;
  close(): Promise<void>;
}

/** How long requests that are on their way may still take when everything ends, in milliseconds. */
const DRAIN_MS = 1000;

/** @throws {StartError} */
export async function startSession(options: DevOptions, stop: AbortSignal): Promise<Session> {
  const app = await decideApp(options);
  const observer = new Observer();
  const folder = await mkdtemp(join(tmpdir(), 'lambda-adapter-dev-'));
  const cleanUps = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
  };
  try {
    const environment = await startEnvironment(
      environmentOptions(options, app, folder, (step) => observer.observe(step)),
    );
    cleanUps.push(async () => void (await environment.stop()));
    await waitForInit(environment, app.port, options, observer, stop);
    const gateway = await openGateway(environment.emulator, app.port, options);
    cleanUps.push(async () => {
      await observer.idle(DRAIN_MS);
      await gateway.close();
    });
    return { url: gateway.url, observer, broken: firstToEnd(environment, options), close };
  } catch (error) {
    await close();
    throw error instanceof StartError ? error : new StartError(messageOf(error));
  }
}
