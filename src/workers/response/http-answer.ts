import type { Config } from '../../shared/config.ts';
import { MIN_COMPRESSIBLE_BYTES } from '../compression/compressible.ts';
import { describeCompressed, varyByEncoding } from '../compression/headers.ts';
import { planCompression } from '../compression/plan-compression.ts';
import type { Envelope, HttpDecoded } from '../types.ts';
import type { Answer, Outlet } from './answer.ts';
import { BufferedAnswer } from './buffered-answer.ts';
import { CompressedAnswer } from './compressed-answer.ts';
import { CompressedStream } from './compressed-stream.ts';
import { announcedBytes, type ResponseHead } from './head.ts';
import { StreamedAnswer } from './streamed-answer.ts';

/**
 * The answer to an HTTP request: buffered or streamed, plain or compressed.
 *
 * @throws AdapterError `Function.ResponseTooLarge`, `Function.ResponseHeadTooLarge`
 */
export function createHttpAnswer(head: ResponseHead, decoded: HttpDecoded, config: Config, outlet: Outlet): Answer {
  return config.invokeMode === 'response_stream' && decoded.prelude !== null
    ? createStream(head, decoded.prelude, decoded, config, outlet)
    : createBuffered(head, decoded, config, outlet);
}

function createBuffered(head: ResponseHead, decoded: HttpDecoded, config: Config, outlet: Outlet): Answer {
  const { isOffered, choice } = planCompression(head, decoded, config, false);
  return choice === null
    ? new BufferedAnswer(head, decoded, isOffered, outlet)
    : new CompressedAnswer(head, decoded, choice, outlet);
}

/** Compressed also when nothing tells the length in advance: waiting for the body would stop the stream. */
function createStream(
  { status, headers }: ResponseHead,
  prelude: Envelope,
  decoded: HttpDecoded,
  config: Config,
  outlet: Outlet,
): Answer {
  const bytes = announcedBytes({ status, headers }, decoded.request.method);
  const isShort = bytes !== null && bytes < MIN_COMPRESSIBLE_BYTES;
  const { isOffered, choice } = planCompression({ status, headers }, decoded, config, true);
  if (isShort || !isOffered) return new StreamedAnswer(prelude(status, headers), outlet);
  const varied = varyByEncoding(headers);
  return choice === null
    ? new StreamedAnswer(prelude(status, varied), outlet)
    : new CompressedStream(prelude(status, describeCompressed(varied, choice.coding)), choice, outlet);
}
