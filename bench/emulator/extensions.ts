import { setTimeout as sleep } from 'node:timers/promises';

import { Extension } from './extension.ts';
import type { Invocation } from './invocation.ts';
import { MAX_EXTENSIONS } from './limits.ts';
import { forbidden, type Reply } from './replies.ts';
import type { Settings } from './settings.ts';
import type { ShutdownReason } from './types.ts';

/** The extensions of the environment and the rules of registration. */
export class Extensions {
  readonly #settings: Settings;
  readonly #byId = new Map<string, Extension>();
  #registrationClosed = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  byId(id: string): Extension | undefined {
    return this.#byId.get(id);
  }

  get names(): string[] {
    return [...this.#byId.values()].map(({ name }) => name);
  }

  /** All of them have asked for events. */
  get ready(): boolean {
    return [...this.#byId.values()].every(({ ready }) => ready);
  }

  /** Nobody is busy with an INVOKE event. */
  get idle(): boolean {
    for (const extension of this.#byId.values()) {
      if (extension.events.includes('INVOKE') && !extension.idle) return false;
    }
    return true;
  }

  /** Internal extensions may register until the runtime polls for the first time. */
  closeRegistration(): void {
    this.#registrationClosed = true;
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html */
  register(name: string, events: readonly string[]): Extension | Reply {
    const external = this.#settings.extensions.includes(name);
    const refused = events.find((event) => !this.#allows(external, event));
    if (refused !== undefined) {
      const kind = external ? 'external' : 'internal';
      return forbidden('Extension.InvalidEventType', `${refused}: not for ${kind} extensions in this mode`);
    }
    if (this.names.includes(name)) {
      return forbidden('Extension.InvalidExtensionState', 'Extension with this name already registered');
    }
    if (!external && this.#registrationClosed) {
      return forbidden('Extension.RegistrationClosed', 'Extension registration closed already');
    }
    if (this.#byId.size >= MAX_EXTENSIONS) {
      return forbidden('Extension.TooManyExtensions', `Extension limit (${MAX_EXTENSIONS}) reached`);
    }
    const extension = new Extension(name, external, events);
    this.#byId.set(extension.id, extension);
    return extension;
  }

  invoke(invocation: Invocation, functionArn: string): void {
    for (const extension of this.#byId.values()) {
      if (!extension.events.includes('INVOKE')) continue;
      extension.deliver({
        eventType: 'INVOKE',
        deadlineMs: invocation.deadlineMs,
        requestId: invocation.requestId,
        invokedFunctionArn: invocation.options.functionArn ?? functionArn,
        tracing: { type: 'X-Amzn-Trace-Id', value: invocation.options.traceId ?? '' },
      });
    }
  }

  /**
   * Milliseconds between the start of a shutdown and SIGKILL.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
   */
  get shutdownBudgetMs(): number {
    if (this.#byId.size === 0) return 0;
    return [...this.#byId.values()].some(({ external }) => external) ? 2000 : 500;
  }

  /** Delivers SHUTDOWN and waits until everybody is gone, at the latest until `deadlineMs` (epoch milliseconds). */
  async shutDown(reason: ShutdownReason, deadlineMs: number): Promise<void> {
    // Managed Instances write the reason in small letters.
    const shutdownReason = this.#settings.managed ? reason.toLowerCase() : reason;
    const event = { eventType: 'SHUTDOWN', shutdownReason, deadlineMs };
    const gone = Promise.all([...this.#byId.values()].map((extension) => extension.shutDown(event)));
    const timer = new AbortController();
    const expired = sleep(Math.max(0, deadlineMs - Date.now()), undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([gone, expired]);
    timer.abort();
  }

  #allows(external: boolean, event: string): boolean {
    if (event === 'SHUTDOWN') return external;
    return event === 'INVOKE' && !this.#settings.managed;
  }
}
