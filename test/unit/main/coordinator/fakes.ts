import type { Exchange } from '../../../../src/main/http-client/connection.ts';
import type { HttpResponse } from '../../../../src/main/http-client/http-response.ts';
import type { Handle, Invoker, Reply } from '../../../../src/main/pool/invoker.ts';
import { RuntimeApiClient, type AnswerTarget } from '../../../../src/main/runtime-api/client.ts';
import type { Failure } from '../../../../src/shared/errors.ts';
import type { Invocation } from '../../../../src/shared/protocol.ts';

/** The Runtime API as a slot sees it, without a socket: keeps the calls, and is answered by the test. */
export class FakeApi extends RuntimeApiClient {
  readonly calls: unknown[][] = [];
  /** What the "socket" says to a chunk. */
  hasRoom = true;
  #exchange: Exchange | null = null;

  constructor() {
    super({ host: 'unused', port: 1 });
  }

  /** The kinds of calls so far, in order. */
  get sequence(): unknown[] {
    return this.calls.map(([kind]) => kind);
  }

  get polls(): number {
    return this.sequence.filter((kind) => kind === 'next').length;
  }

  override next(exchange: Exchange): void {
    this.#begin(['next'], exchange);
  }

  override respond(target: AnswerTarget, body: Uint8Array, exchange: Exchange): void {
    this.#begin(['respond', target, body], exchange);
  }

  override fail(target: AnswerTarget, failure: Failure, exchange: Exchange): void {
    this.#begin(['fail', target, failure], exchange);
  }

  override openStream(target: AnswerTarget, contentType: string, exchange: Exchange): void {
    this.#begin(['openStream', target, contentType], exchange);
  }

  override writeChunk(chunk: Uint8Array): boolean {
    this.calls.push(['chunk', chunk]);
    return this.hasRoom;
  }

  override endStream(failure: Failure | null): void {
    this.calls.push(['endStream', failure]);
  }

  override closeStream(): void {
    this.calls.push(['closeStream']);
    this.#exchange = null;
  }

  override close(): void {
    this.calls.push(['close']);
    this.#exchange = null;
  }

  /** The platform answers the call under way. */
  answer(response: HttpResponse): void {
    this.#end().onResponse(response);
  }

  /** The connection breaks. */
  break(error = new Error('read ECONNRESET')): void {
    this.#end().onError(error);
  }

  drain(): void {
    this.#exchange?.onDrain?.();
  }

  #begin(call: unknown[], exchange: Exchange): void {
    // As the real one: two calls at once on one connection would be a defect.
    if (this.#exchange !== null) throw new Error(`${String(call[0])} while another call is under way`);
    this.calls.push(call);
    this.#exchange = exchange;
  }

  #end(): Exchange {
    const exchange = this.#exchange;
    if (exchange === null) throw new Error('no call is under way');
    this.#exchange = null;
    return exchange;
  }
}

export interface Invoked extends Handle {
  readonly invocation: Invocation;
  readonly reply: Reply;
  readonly credits: number[];
  isAbandoned: boolean;
}

/** An invoker whose invocations are answered by the test. */
export class FakeInvoker implements Invoker {
  readonly invoked: Invoked[] = [];

  /** The latest. */
  get last(): Invoked {
    const last = this.invoked.at(-1);
    if (last === undefined) throw new Error('nothing was invoked');
    return last;
  }

  invoke(invocation: Invocation, reply: Reply): Handle {
    const invoked: Invoked = {
      invocation,
      reply,
      credits: [],
      isAbandoned: false,
      credit: (bytes) => invoked.credits.push(bytes),
      abandon: () => {
        invoked.isAbandoned = true;
      },
    };
    this.invoked.push(invoked);
    return invoked;
  }

  async close(): Promise<void> {}
}
