import type { HeaderLine } from '../events/client-request.ts';
import { cookieHeaders, MalformedAnswer, multiHeaders, parseObject, singleHeaders, statusOf } from './http-answer.ts';
import { mergedHeaders } from './merged-headers.ts';

export const STREAM_CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response';

const DELIMITER = Buffer.alloc(8);
/** The delimiter must end within so many bytes. */
const MAX_PRELUDE_BYTES = 16 * 1024;

export interface StreamHead {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
}

/**
 * Splits the metadata off the front of a streamed answer; null as long as it is not complete.
 *
 * @throws MalformedAnswer when it is too long or not what the front door reads.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export function splitPrelude(bytes: Buffer, readsMultiValues: boolean): { head: StreamHead; rest: Buffer } | null {
  const end = bytes.indexOf(DELIMITER);
  if (end === -1 ? bytes.length >= MAX_PRELUDE_BYTES : end + DELIMITER.length > MAX_PRELUDE_BYTES) {
    throw new MalformedAnswer(`no delimiter of 8 NUL bytes within the first ${MAX_PRELUDE_BYTES} bytes of the stream`);
  }
  if (end === -1) return null;
  const metadata = parseObject(bytes.toString('utf8', 0, end));
  const single = singleHeaders(metadata['headers']);
  const headers = readsMultiValues ? mergedHeaders(single, multiHeaders(metadata['multiValueHeaders'])) : single;
  return {
    head: {
      status: metadata['statusCode'] === undefined ? 200 : statusOf(metadata),
      headers: [...headers, ...cookieHeaders(metadata['cookies'])],
    },
    rest: bytes.subarray(end + DELIMITER.length),
  };
}
