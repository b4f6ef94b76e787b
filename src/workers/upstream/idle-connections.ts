/** What can wait for its next use. */
export interface Idle {
  /** On the clock of `performance.now()`. */
  idleUntil: number;
  close(): void;
}

/** Connections that wait for the next request, each for its own time. The last one to come is the first to go: the others can age. */
export class IdleConnections<C extends Idle> {
  readonly #connections: C[] = [];
  #timer: NodeJS.Timeout | null = null;
  #timerAt = Infinity;

  get isEmpty(): boolean {
    return this.#connections.length === 0;
  }

  add(connection: C, forMs: number): void {
    connection.idleUntil = performance.now() + forMs;
    this.#connections.push(connection);
    if (connection.idleUntil < this.#timerAt) this.#wakeAt(connection.idleUntil, forMs);
  }

  /** One that can be used, if there is any. */
  take(): C | null {
    const connection = this.#connections.pop();
    if (connection === undefined || connection.idleUntil > performance.now()) return connection ?? null;
    connection.close();
    return this.take();
  }

  remove(connection: C): void {
    const index = this.#connections.indexOf(connection);
    if (index >= 0) this.#connections.splice(index, 1);
  }

  closeAll(): void {
    for (const connection of this.#connections.splice(0)) connection.close();
    this.#sleep();
  }

  readonly #closeExpired = (): void => {
    const now = performance.now();
    for (const expired of this.#connections.filter(({ idleUntil }) => idleUntil <= now)) expired.close();
    this.#sleep();
    const next = Math.min(...this.#connections.map(({ idleUntil }) => idleUntil));
    if (next < Infinity) this.#wakeAt(next, Math.ceil(next - now));
  };

  #wakeAt(at: number, delayMs: number): void {
    this.#sleep();
    this.#timer = setTimeout(this.#closeExpired, delayMs).unref();
    this.#timerAt = at;
  }

  #sleep(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#timerAt = Infinity;
  }
}
