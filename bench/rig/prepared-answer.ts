import { numberText } from '../scenarios/numbered-page.ts';
import { answerBytes, type Answer } from '../scenarios/scenario.ts';

/** An answer as the bytes that go over the connection, so that sending it again costs next to nothing. */
export interface PreparedAnswer {
  readonly pieces: number;
  /** From 0; the first one has the head. */
  piece(index: number): Buffer;
  /** Milliseconds to wait before it. */
  pauseBefore(index: number): number;
}

/** With a content-length, or chunked when it comes bit by bit, as apps do that do not know how much there will be. */
export function prepareAnswer(answer: Answer): PreparedAnswer {
  const { contentType, body, times, numberAt, delayMs, gapMs } = answer;
  const isChunked = gapMs > 0;
  const framing = isChunked ? 'transfer-encoding: chunked' : `content-length: ${answerBytes(answer)}`;
  const head = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\n${framing}\r\n\r\n`);
  if (numberAt !== null) return numbered(head, body, numberAt);
  const middle = isChunked ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, CRLF]) : body;
  const last = isChunked ? Buffer.concat([middle, LAST_CHUNK]) : middle;
  const first = Buffer.concat([head, times === 1 ? last : middle]);
  return {
    pieces: times,
    piece: (index) => (index === 0 ? first : index === times - 1 ? last : middle),
    pauseBefore: (index) => (index === 0 ? delayMs : gapMs),
  };
}

/** Sent with another number each time, which nothing but that is made for. */
function numbered(head: Buffer, body: Buffer, numberAt: number): PreparedAnswer {
  let number = 0;
  const before = Buffer.concat([head, body.subarray(0, numberAt)]);
  const after = body.subarray(numberAt + numberText(0).length);
  return {
    pieces: 3,
    piece: (index) => (index === 0 ? before : index === 1 ? numberText(++number) : after),
    pauseBefore: () => 0,
  };
}

/** The app got something else than was sent: an error that the load notices. */
export const WRONG_REQUEST = emptyAnswer('400 Bad Request');
export const NO_SUCH_PATH = emptyAnswer('404 Not Found');

const CRLF = Buffer.from('\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

function emptyAnswer(status: string): PreparedAnswer {
  const bytes = Buffer.from(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`);
  return { pieces: 1, piece: () => bytes, pauseBefore: () => 0 };
}
