const HEAD_END = '\r\n\r\n';

/**
 * Counts complete HTTP/1.1 requests in a stream of bytes, bodies with a content-length included. The benchmark's app needs no
 * more: it always answers the same.
 */
export class RequestCounter {
  #head = '';
  #bodyLeft = 0;

  /**
   * @returns how many requests have become complete
   * @throws Error at a chunked body, whose end this does not find.
   */
  push(chunk: Buffer): number {
    let complete = 0;
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#bodyLeft > 0) {
        const taken = Math.min(this.#bodyLeft, rest.length);
        this.#bodyLeft -= taken;
        rest = rest.subarray(taken);
        if (this.#bodyLeft === 0) complete++;
        continue;
      }
      const before = this.#head.length;
      this.#head += rest.toString('latin1');
      const end = this.#head.indexOf(HEAD_END, Math.max(0, before - HEAD_END.length));
      if (end === -1) break;
      this.#bodyLeft = contentLength(this.#head.slice(0, end));
      rest = rest.subarray(end + HEAD_END.length - before);
      this.#head = '';
      if (this.#bodyLeft === 0) complete++;
    }
    return complete;
  }
}

function contentLength(head: string): number {
  if (/\r\ntransfer-encoding:/i.test(head)) throw new Error('chunked requests are not supported');
  return Number(/\r\ncontent-length:\s*(\d+)/i.exec(head)?.[1] ?? 0);
}
