import { Client } from 'undici';
import type { Address } from '../../../src/shared/config.ts';
import { readHead } from '../../../src/workers/response/head.ts';
import { Upstreams } from '../../../src/workers/upstream/upstream.ts';
import { openCall } from '../../helpers/app-calls.ts';
import { testConfig } from '../../helpers/config.ts';
import { answered, type Outcome } from './outcome.ts';

/** One request, on a connection of its own. */
export interface ClientRun {
  readonly outcome: Promise<Outcome>;
  /** Closes the connection. */
  readonly close: () => void;
}

export type RunClient = (app: Address, method: Method) => ClientRun;
export type Method = 'GET' | 'HEAD' | 'POST';

export const runOurs: RunClient = (app, method) => {
  const upstreams = new Upstreams(testConfig({ app }));
  const { call, response } = openCall(upstreams, { method });
  const outcome = response
    .then(({ head, body }) => {
      // Refuses values that no header may have.
      readHead(head.status, head.headers);
      return answered(head.status, head.headers, body);
    })
    .catch((error: Error): Outcome => ({ kind: 'refused', reason: error.message }));
  return {
    outcome,
    close: () => {
      call.abort();
      upstreams.close();
    },
  };
};

export const runUndici: RunClient = ({ host, port }, method) => {
  const client = new Client(`http://${host}:${port}`, { maxHeaderSize: 256 * 1024, headersTimeout: 0, bodyTimeout: 0 });
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const body: Buffer[] = [];
  let status = 0;
  let headers: (readonly [string, string])[] = [];
  client.dispatch(
    { method, path: '/', headers: ['host', 'app'] },
    {
      onRequestStart: () => {},
      onResponseStart: ({ rawHeaders }, statusCode) => {
        status = statusCode;
        headers = inPairs(rawHeaders);
      },
      onResponseData: (_controller, chunk) => void body.push(Buffer.from(chunk)),
      onResponseEnd: () => resolve(answered(status, headers, Buffer.concat(body))),
      onResponseError: (_controller, { message }) => resolve({ kind: 'refused', reason: message }),
    },
  );
  return { outcome: promise, close: () => void client.destroy().catch(() => {}) };
};

function inPairs(lines: unknown): (readonly [string, string])[] {
  if (!Array.isArray(lines)) throw new TypeError('the client hands on lines as they came');
  const texts = lines.map((line: unknown) => (Buffer.isBuffer(line) ? line.toString('latin1') : String(line)));
  return texts.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), (texts[index + 1] ?? '').replace(/[ \t]+$/, '')] as const] : [],
  );
}
