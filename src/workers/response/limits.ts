import { AdapterError } from '../../shared/errors.ts';

/**
 * Bytes that one buffered answer may have: 6 MiB and 100 bytes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_ANSWER_BYTES = 6 * 1024 * 1024 + 100;

/** Bytes of a body that travels as base64, from which on the answer is certain to be too large. */
export const MAX_BINARY_BYTES = Math.floor((MAX_ANSWER_BYTES * 3) / 4);

/**
 * Bytes of a body that is compressed, which tell little about what remains of it. Six times that is hardly ever compressed
 * far enough, and the app could write without end.
 */
export const MAX_COMPRESSIBLE_BYTES = 32 * 1024 * 1024;

/** @param size what is known of it, like `more than 6291556 bytes` */
export function responseTooLarge(size: string): AdapterError {
  return new AdapterError(
    'Function.ResponseTooLarge',
    `the response is too large for a buffered answer: ${size}, where Lambda takes ${MAX_ANSWER_BYTES} bytes as JSON (a third more for binary content): ` +
      'set AWS_LWA_INVOKE_MODE=response_stream and stream it, or answer with less',
  );
}
