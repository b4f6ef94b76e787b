import { createRequire } from 'node:module';
import { createDecoder } from '../../../../src/workers/decode.ts';
import type { AppRequest, Decoded } from '../../../../src/workers/types.ts';
import type { Config } from '../../../../src/shared/config.ts';
import { testConfig } from '../../../helpers/config.ts';
import type { Invocation } from '../../../../src/shared/protocol.ts';

const config: Config = testConfig({
  lambda: {
    functionName: 'shop',
    functionVersion: '7',
    memoryMb: 512,
    logGroup: '/aws/lambda/shop',
    logStream: '2026/01/02/[7]abc',
  },
});

const invocation: Invocation = {
  requestId: 'request-1',
  deadlineMs: 1_767_323_045_678,
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
  traceId: null,
  clientContext: null,
  cognitoIdentity: null,
  tenantId: null,
  event: [],
};

export interface Options {
  readonly config?: Partial<Config>;
  readonly invocation?: Partial<Invocation>;
}

export function decodeBytes(bytes: Uint8Array, options: Options = {}): Decoded {
  const decode = createDecoder({ ...config, ...options.config });
  return decode({ ...invocation, event: [bytes], ...options.invocation });
}

export function decodeText(text: string, options: Options = {}): Decoded {
  return decodeBytes(new TextEncoder().encode(text), options);
}

export function decodeEvent(event: unknown, options: Options = {}): Decoded {
  return decodeText(JSON.stringify(event), options);
}

/** The values of one field of the request, as the bytes on the wire read in UTF-8. */
export function linesOf(request: AppRequest, name: string): string[] {
  return request.headers.flatMap((line, index) => {
    const isValueOfName = index % 2 === 1 && request.headers[index - 1] === name;
    return isValueOfName ? [Buffer.from(line, 'latin1').toString('utf8')] : [];
  });
}

/** The value of a field that is there once. */
export function lineOf(request: AppRequest, name: string): string | undefined {
  const lines = linesOf(request, name);
  if (lines.length > 1) throw new Error(`${name} is there ${lines.length} times`);
  return lines[0];
}

export function bodyText({ body }: AppRequest): string | null {
  return body === null ? null : Buffer.from(body).toString('utf8');
}

type ClientRequestConstructor = new (origin: string, options: object, handler: object) => unknown;

// The HTTP client's own checks, which it runs before it opens a connection; it exports them without types.
const ClientRequest: ClientRequestConstructor = createRequire(import.meta.url)('undici/lib/core/request.js');

const handler = {
  onRequestStart: () => undefined,
  onResponseStart: () => undefined,
  onResponseData: () => undefined,
  onResponseEnd: () => undefined,
  onResponseError: () => undefined,
};

/** Throws what the HTTP client would throw for the request. */
export function acceptByClient({ method, target, headers, body }: AppRequest): void {
  void new ClientRequest('http://127.0.0.1:8080', { method, path: target, headers: [...headers], body }, handler);
}
