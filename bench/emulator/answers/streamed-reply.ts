import type { ServerResponse } from 'node:http';

import type { HeaderLine } from '../events/client-request.ts';
import type { FrontDoor } from '../front-doors.ts';

import { MalformedAnswer } from './http-answer.ts';
import { splitPrelude, STREAM_CONTENT_TYPE } from './prelude.ts';
import { sendHead } from './send-answer.ts';

const NOTHING = Buffer.alloc(0);

/** Passes a streamed answer on to the client as it arrives, at the client's pace. */
export class StreamedReply {
  /** Nothing can be passed on. The invocation goes on all the same: a client's fate is no concern of the function. */
  failure: MalformedAnswer | null = null;
  readonly #response: ServerResponse;
  readonly #frontDoor: FrontDoor;
  readonly #ownHeaders: readonly HeaderLine[];
  #prelude: Buffer = NOTHING;
  #resume: (() => void) | null = null;

  constructor(response: ServerResponse, frontDoor: FrontDoor, ownHeaders: readonly HeaderLine[]) {
    this.#response = response;
    this.#frontDoor = frontDoor;
    this.#ownHeaders = ownHeaders;
    const goOn = () => {
      this.#resume?.();
      this.#resume = null;
    };
    response.on('drain', goOn);
    response.on('close', goOn);
  }

  start(contentType: string | null): void {
    if (contentType === STREAM_CONTENT_TYPE) return;
    if (this.#frontDoor.passesRaw) this.#sendHead(200, [['content-type', contentType ?? 'application/octet-stream']]);
    else this.failure = new MalformedAnswer(`a streamed answer must have the content type ${STREAM_CONTENT_TYPE}`);
  }

  write(chunk: Buffer): void | Promise<void> {
    if (this.failure !== null) return;
    if (this.#response.headersSent) return this.#pass(chunk);
    this.#prelude = Buffer.concat([this.#prelude, chunk]);
    try {
      const split = splitPrelude(this.#prelude, this.#frontDoor.stream === 'multi-headers');
      if (split === null) return;
      this.#sendHead(split.head.status, split.head.headers);
      return this.#pass(split.rest);
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
      this.failure = error;
    }
  }

  #sendHead(status: number, headers: readonly HeaderLine[]): void {
    sendHead(this.#response, status, [...headers, ...this.#ownHeaders]);
    this.#response.flushHeaders();
  }

  #pass(chunk: Buffer): void | Promise<void> {
    if (chunk.length === 0 || this.#response.destroyed || this.#response.write(chunk)) return;
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }
}
