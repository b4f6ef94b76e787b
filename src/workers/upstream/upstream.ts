import type { Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { Address, Config } from '../../shared/config.ts';
import type { AppRequest } from '../types.ts';
import { authorityOf } from './authority.ts';
import { createConnector } from './connect.ts';
import { skipContinue } from './skip-continue.ts';

/** Names and values of a response head together. Node's own limit of 16 KiB is too small for some real cookies. */
export const MAX_HEAD_BYTES = 256 * 1024;

/** How much sooner than the app announces we drop an idle connection, so that both do not use and close it at once. */
const KEEP_ALIVE_SAFETY_MS = 1000;

/** The connections of this thread to one app process. */
export class Upstream {
  readonly address: Address;
  readonly #pool: Pool;
  #justConnected = false;

  constructor(address: Address, idleTimeoutMs: number) {
    this.address = address;
    this.#pool = new Pool(`http://${authorityOf(address)}`, {
      // As many as there are invocations: a queue here would only add up to the one that Lambda keeps.
      connections: null,
      // 0 announces and does `connection: close`.
      pipelining: idleTimeoutMs === 0 ? 0 : 1,
      // The deadline of the invocation is the only limit on how long the app may take.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: createConnector(address),
      maxHeaderSize: MAX_HEAD_BYTES,
      strictContentLength: true,
      keepAliveTimeoutThreshold: KEEP_ALIVE_SAFETY_MS,
      ...(idleTimeoutMs > 0 && { keepAliveTimeout: idleTimeoutMs, keepAliveMaxTimeout: idleTimeoutMs }),
    });
    this.#pool.on('connect', (_origin, targets) => {
      skipContinue(targets.at(-1));
      this.#justConnected = true;
      queueMicrotask(() => {
        this.#justConnected = false;
      });
    });
  }

  dispatch(request: AppRequest, handler: Dispatcher.DispatchHandler): void {
    const { method, target, headers, body } = request;
    this.#pool.dispatch({ method, path: target, headers, body }, handler);
  }

  /**
   * For `onRequestStart` alone: whether the request goes out on a connection that has served another one. undici writes
   * the first request of a connection in the same turn in which it announces the connection.
   */
  get isReusingConnection(): boolean {
    return !this.#justConnected;
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** A connection that is part of a snapshot would be used by every environment that is restored from it. */
function idleTimeoutFor(config: Config): number {
  return config.initializationType === 'snap-start' ? 0 : config.poolIdleTimeoutMs;
}

/** Which app process serves an invocation: there is one. The event never has a say in this. */
export class Upstreams {
  readonly #only: Upstream;

  constructor(config: Config) {
    this.#only = new Upstream(config.app, idleTimeoutFor(config));
  }

  choose(): Upstream {
    return this.#only;
  }

  close(): Promise<void> {
    return this.#only.close();
  }
}
