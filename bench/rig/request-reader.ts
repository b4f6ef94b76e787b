const HEAD_END = '\r\n\r\n';

/** Called with the path of a complete request, without its query, and with the length of its body. */
type OnRequest = (path: string, bodyBytes: number) => void;

/**
 * Finds complete HTTP/1.1 requests in a stream of bytes. Of a body it takes only the length, from its content-length: the
 * benchmark's app needs no more, however long the body is.
 */
export class RequestReader {
  readonly #onRequest: OnRequest;
  #head = '';
  /** Of the request whose body is coming in. */
  #path = '';
  #bodyBytes = 0;
  #bodyLeft = 0;

  constructor(onRequest: OnRequest) {
    this.#onRequest = onRequest;
  }

  /** @throws Error at a chunked body, whose end this does not find. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#bodyLeft > 0 ? this.#skipBody(rest) : this.#readHead(rest);
  }

  /** @returns what comes after it, as does `#readHead`. */
  #skipBody(bytes: Buffer): Buffer {
    const skipped = Math.min(this.#bodyLeft, bytes.length);
    this.#bodyLeft -= skipped;
    if (this.#bodyLeft === 0) this.#onRequest(this.#path, this.#bodyBytes);
    return bytes.subarray(skipped);
  }

  #readHead(bytes: Buffer): Buffer {
    const before = this.#head.length;
    // A body of megabytes may follow: only as much as a head can have is made text.
    const end = bytes.indexOf(HEAD_END);
    const known = end === -1 ? bytes.length : end + HEAD_END.length;
    this.#head += bytes.toString('latin1', 0, known);
    const headEnd = this.#head.indexOf(HEAD_END, Math.max(0, before - HEAD_END.length));
    if (headEnd === -1) return bytes.subarray(known);
    const head = this.#head.slice(0, headEnd);
    this.#head = '';
    this.#path = pathOf(head);
    this.#bodyBytes = contentLength(head);
    this.#bodyLeft = this.#bodyBytes;
    if (this.#bodyLeft === 0) this.#onRequest(this.#path, 0);
    return bytes.subarray(headEnd + HEAD_END.length - before);
  }
}

/** From `GET /path?query HTTP/1.1`. */
function pathOf(head: string): string {
  const start = head.indexOf(' ') + 1;
  const target = head.slice(start, head.indexOf(' ', start));
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

function contentLength(head: string): number {
  if (/\r\ntransfer-encoding:/i.test(head)) throw new Error('chunked requests are not supported');
  return Number(/\r\ncontent-length:\s*(\d+)/i.exec(head)?.[1] ?? 0);
}
