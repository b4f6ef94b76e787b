import type { ResponseHead } from '../../src/shared/http/response-head.ts';
import type { AppRequest } from '../../src/workers/types.ts';
import { AppCall } from '../../src/workers/upstream/app-call.ts';
import type { BodyDelivery } from '../../src/workers/upstream/exchange.ts';
import type { Upstreams } from '../../src/workers/upstream/upstream.ts';

export interface AppResponse {
  readonly head: ResponseHead;
  /** A copy, made when the end was reported. */
  readonly body: Buffer;
  /** What was handed on, as it is: for those who want to see what becomes of it. */
  readonly delivered: readonly Buffer[];
}

export interface OpenCall {
  readonly call: AppCall;
  /** @throws what failed, as `type: message` */
  readonly response: Promise<AppResponse>;
}

export interface Options {
  readonly delivery?: BodyDelivery;
  readonly onHead?: (call: AppCall) => void;
  readonly onData?: (call: AppCall, chunk: Buffer) => void;
}

/** Begins a request to the app; by default a GET. */
export function openCall(upstreams: Upstreams, request: Partial<AppRequest>, options: Options = {}): OpenCall {
  const { promise, resolve, reject } = Promise.withResolvers<AppResponse>();
  const delivered: Buffer[] = [];
  let head: ResponseHead | null = null;
  const call = new AppCall(
    upstreams.choose(),
    { method: 'GET', target: '/', headers: ['host', 'app'], body: null, ...request },
    {
      onHead: (received) => {
        head = received;
        options.onHead?.(call);
        return options.delivery ?? 'pieces';
      },
      onData: (chunk) => {
        delivered.push(chunk);
        options.onData?.(call, chunk);
      },
      onEnd: () => {
        if (head === null) reject(new Error('the end came before the head'));
        else resolve({ head, body: Buffer.concat(delivered), delivered });
      },
      onFailure: ({ errorType, errorMessage }) => reject(new Error(`${errorType}: ${errorMessage}`)),
    },
  );
  call.start();
  return { call, response: promise };
}

/** The app's whole response. */
export function callApp(
  upstreams: Upstreams,
  request: Partial<AppRequest> = {},
  delivery: BodyDelivery = 'pieces',
): Promise<AppResponse> {
  return openCall(upstreams, request, { delivery }).response;
}
