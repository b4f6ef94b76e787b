import { styleText } from 'node:util';
import { describeMode } from './describe-mode.ts';
import type { DevOptions } from './options.ts';
import type { Session } from './session.ts';
import { thingsToTry } from './things-to-try.ts';

/** Says where to go, then waits for Ctrl-C. The exit code is 1 when the adapter or the app ended before that. */
export async function serveUntilStopped(session: Session, options: DevOptions, stop: AbortSignal): Promise<number> {
  const { url } = session;
  console.log(
    `\n${describeMode(options)}\n\nOpen ${styleText('bold', url)} or try:\n${thingsToTry(url, options)}\n\nCtrl-C stops.\n`,
  );
  const reason = await Promise.race([session.broken, aborted(stop)]);
  if (reason !== null) console.error(reason);
  return reason === null ? 0 : 1;
}

function aborted(signal: AbortSignal): Promise<null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
}
