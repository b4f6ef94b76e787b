const HEAD_END = '\r\n\r\n';
/** Of a body; the rest is only counted. */
const KEPT_BYTES = 512;

/** Finds the Runtime API's answers in the bytes of a connection: all have a content-length. Calls back at the end of each. */
export class ReplyReader {
  readonly #onReply: (head: string, startOfBody: Buffer) => void;
  /** What has come of a reply until its head and the start of its body are there. */
  #start: Buffer = Buffer.alloc(0);
  #head: string | null = null;
  #kept: Buffer = Buffer.alloc(0);
  #left = 0;

  constructor(onReply: (head: string, startOfBody: Buffer) => void) {
    this.#onReply = onReply;
  }

  push(chunk: Buffer): void {
    if (this.#head === null) {
      this.#start = this.#start.length === 0 ? chunk : Buffer.concat([this.#start, chunk]);
      const end = this.#start.indexOf(HEAD_END);
      if (end === -1) return;
      this.#head = this.#start.toString('latin1', 0, end);
      this.#left = Number(/\r\ncontent-length: *(\d+)/i.exec(this.#head)?.[1] ?? 0);
      this.#take(this.#start.subarray(end + HEAD_END.length));
    } else {
      this.#take(chunk);
    }
  }

  /** Nothing follows a reply before the next request has been sent. */
  #take(bytes: Buffer): void {
    if (this.#kept.length < KEPT_BYTES && bytes.length > 0) this.#kept = Buffer.concat([this.#kept, bytes]);
    this.#left -= bytes.length;
    if (this.#left > 0) return;
    const [head, kept] = [this.#head ?? '', this.#kept];
    this.#start = Buffer.alloc(0);
    this.#head = null;
    this.#kept = this.#start;
    this.#onReply(head, kept);
  }
}
