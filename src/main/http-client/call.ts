import type { Connection } from './connection.ts';
import type { HttpResponse } from './http-response.ts';

/** One exchange as a promise, for the calls that are made a few times in the life of the process. */
export function call(connection: Connection, head: string, body: Uint8Array | null = null): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    connection.send(head, body, { onResponse: resolve, onError: reject });
  });
}
