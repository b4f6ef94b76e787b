import { functionUrlEvent, type Upload } from './function-url-event.ts';
import type { Answer, Exchange } from './scenario.ts';

interface ExchangeOptions {
  readonly path: string;
  readonly query?: string;
  readonly acceptEncoding?: string;
  readonly upload?: Upload;
  readonly answer: Pick<Answer, 'contentType' | 'body'> & Partial<Answer>;
  readonly isStreamed?: boolean;
  readonly contentCoding?: Exchange['contentCoding'];
}

/** An exchange with a browser's usual request and an answer that comes at once. */
export function exchange({
  path,
  query = '',
  acceptEncoding = 'gzip, br',
  upload,
  ...rest
}: ExchangeOptions): Exchange {
  return {
    path,
    event: functionUrlEvent(path, query, acceptEncoding, upload ?? null),
    requestBytes: upload?.body.length ?? 0,
    answer: { times: 1, numberAt: null, delayMs: 0, gapMs: 0, ...rest.answer },
    isStreamed: rest.isStreamed ?? false,
    contentCoding: rest.contentCoding ?? null,
  };
}

/** A scenario of one kind of invocation, which every adapter can do. */
export const PLAIN = { adapterEnv: {}, company: null, isExtra: false } as const;

export const COMPRESSING = { AWS_LWA_ENABLE_COMPRESSION: 'true' } as const;
export const STREAMING = { AWS_LWA_INVOKE_MODE: 'response_stream' } as const;
