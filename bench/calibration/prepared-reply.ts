import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { numberText } from '../scenarios/numbered-page.ts';
import type { ContentCoding, Exchange } from '../scenarios/scenario.ts';

/** What the Runtime API is sent in answer to the events of an exchange. */
export interface PreparedReply {
  /** Found in every event of the exchange and in no other. */
  readonly mark: Buffer;
  next(): Reply;
}

/** Ready to be written. */
export interface Reply {
  /** Of the post, after its first line. */
  readonly head: Buffer;
  readonly pieces: number;
  piece(index: number): Buffer;
  /** Milliseconds to wait before it. */
  pauseBefore(index: number): number;
}

const DELIMITER = Buffer.alloc(8);
const CRLF = Buffer.from('\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
/** The level that adapters use, more or less: what is smaller takes less time to receive. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

export function prepareReply(exchange: Exchange): PreparedReply {
  const mark = Buffer.from(`"rawPath":"${exchange.path}"`);
  const { body, numberAt } = exchange.answer;
  if (numberAt !== null) return { mark, next: numbered(exchange, Buffer.from(body), numberAt) };
  const reply = exchange.isStreamed ? streamed(exchange) : buffered(exchange, exchange.answer.body);
  return { mark, next: () => reply };
}

/** The one thing that cannot be ready: it has to be compressed each time. */
function numbered(exchange: Exchange, body: Buffer, numberAt: number): () => Reply {
  let number = 0;
  return () => {
    numberText(++number).copy(body, numberAt);
    return buffered(exchange, body);
  };
}

function buffered({ answer, contentCoding }: Exchange, body: Buffer): Reply {
  const bytes = compress(body, contentCoding);
  const isText = contentCoding === null && /^text\/|json/.test(answer.contentType);
  const envelope = Buffer.from(
    JSON.stringify({
      statusCode: 200,
      headers: { 'content-type': answer.contentType, ...(contentCoding && { 'content-encoding': contentCoding }) },
      body: bytes.toString(isText ? 'utf8' : 'base64'),
      isBase64Encoded: !isText,
    }),
  );
  return {
    head: Buffer.from(`content-type: application/json\r\ncontent-length: ${envelope.length}\r\n\r\n`),
    pieces: 1,
    piece: () => envelope,
    pauseBefore: () => answer.delayMs,
  };
}

function streamed({ answer }: Exchange): Reply {
  const prelude = JSON.stringify({ statusCode: 200, headers: { 'content-type': answer.contentType } });
  const middle = chunk(answer.body);
  const last = Buffer.concat([middle, LAST_CHUNK]);
  const start = chunk(Buffer.concat([Buffer.from(prelude), DELIMITER]));
  const first = Buffer.concat([start, answer.times === 1 ? last : middle]);
  return {
    head: Buffer.from(
      'content-type: application/vnd.awslambda.http-integration-response\r\n' +
        'lambda-runtime-function-response-mode: streaming\r\ntransfer-encoding: chunked\r\n\r\n',
    ),
    pieces: answer.times,
    piece: (index: number) => (index === 0 ? first : index === answer.times - 1 ? last : middle),
    pauseBefore: (index: number) => (index === 0 ? answer.delayMs : answer.gapMs),
  };
}

function chunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, CRLF]);
}

function compress(bytes: Buffer, coding: ContentCoding | null): Buffer {
  switch (coding) {
    case null:
      return bytes;
    case 'gzip':
      return gzipSync(bytes);
    case 'br':
      return brotliCompressSync(bytes, BROTLI);
    case 'zstd':
      return zstdCompressSync(bytes);
  }
}
