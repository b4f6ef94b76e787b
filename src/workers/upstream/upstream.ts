import type { Address, Config } from '../../shared/config.ts';
import type { ResponseHead } from '../../shared/http/response-head.ts';
import type { AppRequest } from '../types.ts';
import { AppConnection, type Keeper } from './connection.ts';
import type { Exchange } from './exchange.ts';
import { IdleConnections } from './idle-connections.ts';
import { keepAliveMs } from './keep-alive.ts';
import { requestHead } from './request-head.ts';

/**
 * The connections of this thread to one app process: as many as there are requests at once. A queue here would only add up to
 * the one that Lambda keeps.
 */
export class Upstream implements Keeper {
  readonly address: Address;
  readonly #idleTimeoutMs: number;
  readonly #idle = new IdleConnections<AppConnection>();
  #isClosed = false;

  /** @param idleTimeoutMs how long a connection may wait for its next request; 0 for one request on each */
  constructor(address: Address, idleTimeoutMs: number) {
    this.address = address;
    this.#idleTimeoutMs = idleTimeoutMs;
  }

  get hasIdleConnection(): boolean {
    return !this.#idle.isEmpty;
  }

  /** @param isFresh whether it needs a connection that has served no other request */
  send(request: AppRequest, exchange: Exchange, isFresh: boolean): AppConnection {
    const connection = (isFresh ? null : this.#idle.take()) ?? new AppConnection(this.address, this);
    const head = requestHead(request, this.#idleTimeoutMs > 0);
    connection.send(head, request.body, request.method === 'HEAD', exchange);
    return connection;
  }

  onFree(connection: AppConnection, head: ResponseHead): void {
    const forMs = this.#isClosed ? 0 : keepAliveMs(head, this.#idleTimeoutMs);
    if (forMs > 0) this.#idle.add(connection, forMs);
    else connection.close();
  }

  onClosed(connection: AppConnection): void {
    this.#idle.remove(connection);
  }

  close(): void {
    this.#isClosed = true;
    this.#idle.closeAll();
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

  close(): void {
    this.#only.close();
  }
}
