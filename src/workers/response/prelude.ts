import { AdapterError } from '../../shared/errors.ts';

export const STREAM_CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response';

const DELIMITER = '\0'.repeat(8);

/** API Gateway looks for the delimiter in this many bytes at the start. */
const MAX_PRELUDE_BYTES = 16 * 1024;

/**
 * Metadata and delimiter, as they stand in front of a streamed body.
 *
 * @throws AdapterError `Function.ResponseHeadTooLarge`
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export function encodePrelude(metadata: object): Buffer {
  const prelude = Buffer.from(JSON.stringify(metadata) + DELIMITER);
  if (prelude.byteLength <= MAX_PRELUDE_BYTES) return prelude;
  throw new AdapterError(
    'Function.ResponseHeadTooLarge',
    `status, headers and cookies of the response are ${prelude.byteLength} bytes as JSON, where Lambda reads ${MAX_PRELUDE_BYTES} in front of a streamed body: make the app send fewer or smaller headers`,
  );
}
