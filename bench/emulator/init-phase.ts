import type { Extensions } from './extensions.ts';
import type { Settings } from './settings.ts';

/**
 * The order of the platform's init phase: every expected extension registers, then the runtime is started, polls, and every
 * extension asks for its first event. The clock runs from the start of the environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class InitPhase {
  readonly #settings: Settings;
  readonly #extensions: Extensions;
  readonly #registered = promise();
  readonly #done = promise();
  readonly #timer: NodeJS.Timeout;
  #isRuntimeReady = false;
  #hasError = false;

  constructor(settings: Settings, extensions: Extensions) {
    this.#settings = settings;
    this.#extensions = extensions;
    this.#timer = setTimeout(() => this.fail(new Error(this.#describeTimeout())), settings.initTimeoutMs).unref();
    this.onRegistered();
  }

  get registered(): Promise<void> {
    return this.#registered.promise;
  }

  get done(): Promise<void> {
    return this.#done.promise;
  }

  /**
   * One `init/error` is taken: in standard mode until the runtime has polled or is ready for its snapshot, on Managed
   * Instances at any time, although it changes nothing then.
   */
  takeError(): boolean {
    if (this.#hasError || (this.#isRuntimeReady && !this.#settings.managed)) return false;
    this.#hasError = true;
    return true;
  }

  onRegistered(): void {
    if (this.#missing.length === 0) this.#registered.resolve();
  }

  onRuntimeReady(): void {
    if (this.#isRuntimeReady) return;
    this.#isRuntimeReady = true;
    this.#extensions.closeRegistration();
    this.onExtensionReady();
  }

  onExtensionReady(): void {
    if (!this.#isRuntimeReady || this.#missing.length > 0 || !this.#extensions.ready) return;
    this.stop();
    this.#done.resolve();
  }

  fail(error: Error): void {
    this.stop();
    this.#registered.reject(error);
    this.#done.reject(error);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  get #missing(): string[] {
    return this.#settings.extensions.filter((name) => !this.#extensions.names.includes(name));
  }

  #describeTimeout(): string {
    const start = `init did not finish within ${this.#settings.initTimeoutMs} ms: `;
    const missing = this.#missing;
    if (missing.length > 0) return `${start}no registration of ${missing.join(', ')}`;
    if (!this.#isRuntimeReady) return `${start}nobody has called /runtime/invocation/next`;
    return `${start}an extension has not called event/next`;
  }
}

function promise() {
  const deferred = Promise.withResolvers<void>();
  // Not everybody waits for every step, and a failed init must not end the process of those who do not.
  deferred.promise.catch(() => {});
  return deferred;
}
