import type { PlatformStep } from '../emulator/index.ts';

/** Keeps account of what the emulated platform reports. */
export class Observer {
  requests = 0;
  /** Invocations that ended in anything but an answer of the app. */
  errors = 0;
  /** What the adapter said when it gave up before the first invocation. */
  initError: string | null = null;
  readonly #running = new Set<string>();
  #onIdle: (() => void) | null = null;

  observe(step: PlatformStep): void {
    if (step.kind === 'invoked') this.#running.add(step.requestId);
    if (step.kind === 'init-error') this.initError = errorMessageIn(step.body) ?? step.errorType;
    if (step.kind !== 'answered') return;
    this.requests++;
    if (step.outcome !== 'response') this.errors++;
    this.#running.delete(step.requestId);
    if (this.#running.size === 0) this.#onIdle?.();
  }

  /** Resolves when nothing is running, or after `limitMs` milliseconds. A client can have its answer before the adapter is done. */
  async idle(limitMs: number): Promise<void> {
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function errorMessageIn(body: string): string | null {
  try {
    const report: { errorMessage?: unknown } = JSON.parse(body);
    return typeof report.errorMessage === 'string' ? report.errorMessage : null;
  } catch {
    return null;
  }
}
