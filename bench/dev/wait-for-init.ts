import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Environment } from '../emulator/environment.ts';
import type { Observer } from './observer.ts';
import type { DevOptions } from './options.ts';
import { firstToEnd, lastLines } from './process-end.ts';
import { StartError } from './start-error.ts';

/** Resolves when the adapter asks for the first invocation. @throws {StartError} that says what is wrong and what to try */
export async function waitForInit(
  environment: Environment,
  appPort: number,
  options: DevOptions,
  observer: Observer,
  stop: AbortSignal,
): Promise<void> {
  try {
    await Promise.race([environment.emulator.waitForInit(), rejectOn(stop)]);
  } catch {
    if (stop.aborted) throw new StartError('Stopped before the app was ready.');
    if (observer.initError !== null) throw new StartError(`The adapter gave up: ${observer.initError}`);
    const ended = await Promise.race([firstToEnd(environment, options), nextTurn(null)]);
    throw new StartError(ended ?? describeTimeout(environment, appPort, options));
  }
}

function rejectOn(stop: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (stop.aborted) reject(stop.reason);
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  });
}

function describeTimeout({ app }: Environment, appPort: number, options: DevOptions): string {
  const seconds = options.initTimeoutMs / 1000;
  const lines = [`The app did not become ready within ${seconds} s.`];
  if (app !== null) lines.push(lastLines('app', app, options));
  if (options.command !== null) {
    lines.push(
      options.appPort === null
        ? `It was told port ${appPort} in the variable PORT. If it always listens on the same one, name that with --app-port.`
        : `It has to listen on port ${appPort}, which --app-port names.`,
    );
  }
  lines.push('If it needs longer to start, use --init-timeout.');
  return lines.join('\n');
}
