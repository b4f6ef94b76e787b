import type { Address } from '../../shared/config.ts';
import { AdapterError, messageOf, type ErrorType } from '../../shared/errors.ts';
import { call } from '../http-client/call.ts';
import { Connection } from '../http-client/connection.ts';
import { excerptOf, type HttpResponse } from '../http-client/http-response.ts';
import { requestHead } from '../http-client/request-head.ts';
import { sleep } from '../timers.ts';

/** Longer than a hook should take; a request that got lost must not hold a phase up until the platform ends it. */
const HOOK_TIMEOUT_MS = 60_000;

/**
 * Posts an empty request to the app and waits until it has said yes, over a connection of its own: none may be part of the
 * snapshot.
 *
 * @throws {AdapterError} `errorType`, when the app does not answer with a status of 200 to 299 in time.
 */
export async function callHook(app: Address, path: string, errorType: ErrorType): Promise<void> {
  const head = requestHead('POST', app, path, { 'content-length': 0, connection: 'close' });
  const connection = new Connection(app);
  try {
    const response = await Promise.race([call(connection, head), sleep(HOOK_TIMEOUT_MS).then(throwSilent)]);
    if (response.status < 200 || response.status > 299) throw new Error(describe(response));
  } catch (error) {
    throw new AdapterError(
      errorType,
      `POST ${path} on ${app.host}:${app.port} has to be answered with a status of 200 to 299, and ${messageOf(error)}`,
      { cause: error },
    );
  } finally {
    connection.close();
  }
}

function throwSilent(): never {
  throw new Error(`there was no answer within ${HOOK_TIMEOUT_MS} ms`);
}

function describe(response: HttpResponse): string {
  const excerpt = excerptOf(response);
  return `the answer was ${response.status}${excerpt === '' ? '' : ` (${excerpt})`}`;
}
