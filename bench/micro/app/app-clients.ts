import { Pool } from 'undici';
import { loadConfig } from '../../../src/main/config/load.ts';
import { AppCall } from '../../../src/workers/upstream/app-call.ts';
import { Upstreams } from '../../../src/workers/upstream/upstream.ts';
import { browserRequest } from '../client-request.ts';

/** What there is of a response when its end is reported. */
export interface Received {
  readonly status: number;
  readonly headers: number;
  readonly bodyBytes: number;
  readonly lastByte: number | undefined;
}

export interface AppClient {
  readonly get: (target: string) => Promise<Received>;
  readonly close: () => Promise<void>;
}

const HEADERS = browserRequest().headers.flatMap(([name, value]) => [name.toLowerCase(), value]);

export function openOurs(port: number): AppClient {
  const { config } = loadConfig({ AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001', AWS_LWA_PORT: String(port) });
  const upstreams = new Upstreams(config);
  return {
    get: (target) =>
      new Promise((resolve, reject) => {
        let status = 0;
        let headers = 0;
        const body: Buffer[] = [];
        const request = { method: 'GET', target, headers: HEADERS, body: null };
        new AppCall(upstreams.choose(), request, {
          onHead: (head) => {
            status = head.status;
            headers = head.headers.length;
            return 'whole';
          },
          onData: (chunk) => void body.push(chunk),
          onEnd: () => resolve(received(status, headers, body)),
          onFailure: ({ errorMessage }) => reject(new Error(errorMessage)),
        }).start();
      }),
    close: async () => upstreams.close(),
  };
}

/** With the options that the adapter once had for it. */
export function openUndici(port: number): AppClient {
  const pool = new Pool(`http://127.0.0.1:${port}`, {
    connections: null,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 4000,
    keepAliveMaxTimeout: 4000,
  });
  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        let status = 0;
        let headers = 0;
        const body: Buffer[] = [];
        pool.dispatch(
          { method: 'GET', path, headers: HEADERS },
          {
            onRequestStart: () => {},
            onResponseStart: (_controller, statusCode, lines) => {
              status = statusCode;
              headers = Object.keys(lines).length;
            },
            onResponseData: (_controller, chunk) => void body.push(chunk),
            onResponseEnd: () => resolve(received(status, headers, body)),
            onResponseError: (_controller, error) => reject(error),
          },
        );
      }),
    close: () => pool.close(),
  };
}

/** An answer is made of a body in one piece. */
function received(status: number, headers: number, chunks: readonly Buffer[]): Received {
  const [first] = chunks;
  const body = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
  return { status, headers, bodyBytes: body.byteLength, lastByte: body.at(-1) };
}
