import type { Config } from '../shared/config.ts';
import { AdapterError, toFailure, type Failure } from '../shared/errors.ts';
import type { ResponseHead as ReceivedHead } from '../shared/http/response-head.ts';
import type { Logger } from '../shared/logger.ts';
import type { Invocation, InvocationKey, Post } from '../shared/protocol.ts';
import { delayUntilDeadline } from './deadline.ts';
import type { IsReserved } from './request/reserved-paths.ts';
import { createAnswer, type Answer, type Outlet } from './response/answer.ts';
import { readHead, type ResponseHead } from './response/head.ts';
import { createHttpAnswer } from './response/http-answer.ts';
import { StreamWindow } from './stream-window.ts';
import type { Decoded, HttpDecoded } from './types.ts';
import { AppCall, type ResponseListener } from './upstream/app-call.ts';
import type { BodyDelivery } from './upstream/exchange.ts';
import type { Upstreams } from './upstream/upstream.ts';

/** What all invocations of a thread share. */
export interface Services {
  readonly config: Config;
  readonly decode: (invocation: Invocation) => Decoded;
  /** Null when the app has no such path. */
  readonly isReserved: IsReserved | null;
  readonly upstreams: Upstreams;
  readonly logger: Logger;
  readonly post: Post;
  /** Told once of each invocation when it has ended. */
  readonly onEnd: (id: InvocationKey) => void;
}

const GATEWAY_TIMEOUT = { status: 504, headers: [['content-type', 'text/plain; charset=utf-8']] } as const;
const TIMEOUT_BODY = Buffer.from('The application did not answer in time.\n');
const FORBIDDEN = { status: 403, headers: GATEWAY_TIMEOUT.headers } as const;
const FORBIDDEN_BODY = Buffer.from('Forbidden\n');

/** One invocation, from its event to its answer. It ends exactly once, whatever goes wrong. */
export class InvocationRun implements ResponseListener, Outlet {
  readonly #services: Services;
  readonly #id: InvocationKey;
  readonly #invocation: Invocation;
  readonly #startedAt = Date.now();
  #decoded: Decoded | null = null;
  #call: AppCall | null = null;
  #answer: Answer | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** Not null from the start of a streamed answer on. */
  #window: StreamWindow | null = null;
  /** Reasons for which the app has to wait now. */
  #holds = 0;
  #isBreakingOff = false;
  #hasEnded = false;

  constructor(services: Services, id: InvocationKey, invocation: Invocation) {
    this.#services = services;
    this.#id = id;
    this.#invocation = invocation;
  }

  start(): void {
    const { decode, upstreams, config } = this.#services;
    try {
      const decoded = decode(this.#invocation);
      this.#decoded = decoded;
      const delayMs = delayUntilDeadline(this.#invocation.deadlineMs, config.deadlineMarginMs, this.#startedAt);
      if (delayMs === 0) return this.#expire(decoded);
      if (decoded.kind === 'http' && this.#services.isReserved?.(decoded.request.target) === true) {
        return this.#answerItself(FORBIDDEN, FORBIDDEN_BODY, decoded);
      }
      // A function and its argument, as a closure would be made for every invocation.
      if (delayMs !== null) this.#timer = setTimeout(expire, delayMs, this);
      this.#call = new AppCall(upstreams.choose(), decoded.request, this);
      this.#call.start();
    } catch (error) {
      this.fail(error);
    }
  }

  /** The receiving side took `bytes` of the stream. */
  credit(bytes: number): void {
    if (this.#window?.credit(bytes) === true) this.releaseApp();
  }

  /** Nobody waits for the answer any more. */
  abandon(): void {
    this.#end('abandoned');
    this.#call?.abort();
  }

  /** The deadline has come. */
  expire(): void {
    try {
      if (this.#decoded !== null) this.#expire(this.#decoded);
    } catch (error) {
      this.fail(error);
    }
  }

  onHead({ status, headers }: ReceivedHead): BodyDelivery {
    if (this.#decoded === null) return 'pieces';
    this.#answer = createAnswer(readHead(status, headers), this.#decoded, this.#services.config, this);
    return this.#answer.takesWhole === true ? 'whole' : 'pieces';
  }

  onData(chunk: Buffer): void {
    this.#answer?.data(chunk);
  }

  onEnd(): void {
    this.#answer?.end();
  }

  onFailure(failure: Failure): void {
    if (this.#hasEnded || this.#isBreakingOff) return;
    if (this.#window === null || this.#answer?.breakOff === undefined) return this.#fail(failure);
    this.#isBreakingOff = true;
    this.#answer.breakOff(() => this.#fail(failure));
  }

  respond(body: Uint8Array): void {
    if (this.#hasEnded) return;
    this.#end('answered');
    this.#services.post({ kind: 'response', id: this.#id, body });
  }

  fail(error: unknown): void {
    this.onFailure(toFailure(error));
    this.#call?.abort();
  }

  startStream(contentType: string, chunk: Uint8Array): void {
    if (this.#hasEnded) return;
    this.#window = new StreamWindow();
    this.#window.send(chunk.byteLength);
    this.#services.post({ kind: 'stream-start', id: this.#id, contentType, chunk });
  }

  streamChunk(chunk: Buffer): void {
    if (this.#hasEnded || this.#window === null) return;
    // Counted before it is posted: on one thread the credit for it comes back at once.
    if (this.#window.send(chunk.byteLength)) this.holdApp();
    this.#services.post({ kind: 'stream-chunk', id: this.#id, chunk });
  }

  endStream(): void {
    if (this.#hasEnded) return;
    this.#end('streamed');
    this.#services.post({ kind: 'stream-end', id: this.#id, failure: null });
  }

  holdApp(): void {
    if (this.#holds++ === 0) this.#call?.pause();
  }

  releaseApp(): void {
    if (--this.#holds === 0) this.#call?.resume();
  }

  #expire(decoded: Decoded): void {
    if (this.#hasEnded) return;
    const elapsedMs = Date.now() - this.#startedAt;
    this.#services.logger.warn(
      { requestId: this.#invocation.requestId, ...describeRequest(decoded), elapsedMs },
      'the app did not answer before the deadline of the invocation: its request is aborted',
    );
    this.#call?.abort();
    if (decoded.kind === 'event' || this.#window !== null) {
      throw new AdapterError(
        'Function.AppTimeout',
        `the app did not finish within ${elapsedMs} ms, which was all that the deadline left: make it faster or raise the timeout of the function`,
      );
    }
    this.#answerItself(GATEWAY_TIMEOUT, TIMEOUT_BODY, decoded);
  }

  /** An answer that is not the app's. */
  #answerItself(head: ResponseHead, body: Buffer, decoded: HttpDecoded): void {
    const answer = createHttpAnswer(head, decoded, this.#services.config, this);
    answer.data(body);
    answer.end();
  }

  #fail(failure: Failure): void {
    if (this.#hasEnded) return;
    this.#end(failure.errorType);
    const kind = this.#window === null ? 'failure' : 'stream-end';
    this.#services.post({ kind, id: this.#id, failure });
  }

  #end(outcome: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#answer?.discard?.();
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { logger, onEnd } = this.#services;
    onEnd(this.#id);
    if (!logger.isLevelEnabled('debug')) return;
    const request = this.#decoded === null ? {} : describeRequest(this.#decoded);
    const elapsedMs = Date.now() - this.#startedAt;
    logger.debug({ requestId: this.#invocation.requestId, ...request, elapsedMs }, `invocation ended: ${outcome}`);
  }
}

function expire(run: InvocationRun): void {
  run.expire();
}

/** For logs, so without the query, which may hold secrets. */
function describeRequest({ request: { method, target } }: Decoded): { method: string; path: string } {
  const [path = ''] = target.split('?', 1);
  return { method, path };
}
