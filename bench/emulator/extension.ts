import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import { forbidden, send, type Reply } from './replies.ts';

/** One registered extension: what it subscribed to, and whether it waits for its next event. */
export class Extension {
  readonly id = randomUUID();
  readonly name: string;
  /** Started by the platform from `/opt/extensions`; an internal one lives inside the runtime process. */
  readonly external: boolean;
  readonly events: readonly string[];
  /** Has asked for events at least once. */
  ready = false;
  #poll: ServerResponse | null = null;
  /** Due, but the extension has not asked for an event yet. */
  #dueShutdown: object | null = null;
  #shutDown = false;
  #exited = false;
  readonly #gone = Promise.withResolvers<void>();

  constructor(name: string, external: boolean, events: readonly string[]) {
    this.name = name;
    this.external = external;
    this.events = events;
  }

  get idle(): boolean {
    return this.#poll !== null || this.#exited;
  }

  /** Takes an `event/next`; a reply refuses it. */
  park(poll: ServerResponse): Reply | null {
    if (this.#exited) return this.#invalidState('it has reported that it exits');
    if (this.#poll !== null) return this.#invalidState('its last call is not answered');
    this.ready = true;
    this.#poll = poll;
    poll.once('close', () => {
      if (this.#poll === poll) this.#poll = null;
    });
    // Asking for more after SHUTDOWN says that it has been dealt with.
    if (this.#shutDown) this.#gone.resolve();
    if (this.#dueShutdown !== null) this.#deliverShutdown(this.#dueShutdown);
    return null;
  }

  /** `init/error` or `exit/error`: nothing may follow but the end of its process. */
  exit(): Reply | null {
    if (this.#exited) return this.#invalidState('it has done so before');
    this.#exited = true;
    this.#gone.resolve();
    return null;
  }

  /** Answers the open `event/next`; without one the event is lost, as on the platform. */
  deliver(event: object): void {
    const poll = this.#poll;
    if (poll === null) return;
    this.#poll = null;
    send(poll, { status: 200, body: JSON.stringify(event), errorType: '' }, [
      'Lambda-Extension-Event-Identifier',
      randomUUID(),
    ]);
  }

  /**
   * Delivers SHUTDOWN, at once or when the extension asks next. Resolves when it is gone as far as its calls can tell: it
   * closed the connection, reported its exit or asked for yet another event.
   */
  shutDown(event: object): Promise<void> {
    if (!this.events.includes('SHUTDOWN') || this.#exited) return Promise.resolve();
    if (this.#poll === null) this.#dueShutdown = event;
    else this.#deliverShutdown(event);
    return this.#gone.promise;
  }

  #deliverShutdown(event: object): void {
    this.#dueShutdown = null;
    this.#shutDown = true;
    this.#poll?.socket?.once('close', () => this.#gone.resolve());
    this.deliver(event);
  }

  #invalidState(reason: string): Reply {
    return forbidden('Extension.InvalidExtensionState', `call refused for extension ${this.name}: ${reason}`);
  }
}
