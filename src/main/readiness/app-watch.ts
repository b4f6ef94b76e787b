import type { Config, ReadinessConfig } from '../../shared/config.ts';
import type { ErrorType, Failure } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { sleep } from '../timers.ts';
import type { AppGate } from './app-gate.ts';
import { describe } from './describe.ts';
import { probe, type ProbeResult } from './probe.ts';

const LOOK_EVERY_MS = 50;

/** Failures of an invocation after which the app may be gone. */
const SUSPICIOUS: ReadonlySet<ErrorType> = new Set(['Function.AppConnectionRefused', 'Function.AppConnectionReset']);

type Trouble = Exclude<ProbeResult, { kind: 'ready' }>;

/**
 * Notices that an app which was ready has gone, as one does that a supervisor restarts, and closes the gate until it is back:
 * a restart then costs the invocations that were under way and no others. They are held for a limited time, counted from
 * when the app went, so that nobody waits long for an app that does not come back.
 */
export class AppWatch {
  readonly #config: Config;
  readonly #gate: AppGate;
  readonly #logger: Logger;
  /** The app's own port, which need not be the one that the readiness check looks at. */
  readonly #port: ReadinessConfig;
  #isLooking = false;

  constructor(config: Config, gate: AppGate, logger: Logger) {
    this.#config = config;
    this.#gate = gate;
    this.#logger = logger;
    this.#port = { ...config.readiness, ...config.app, protocol: 'tcp' };
  }

  /** An invocation has failed. One broken connection says little, so the app's port is looked at first. */
  invocationFailed({ errorType }: Failure): void {
    if (this.#isLooking || !SUSPICIOUS.has(errorType)) return;
    this.#isLooking = true;
    void this.#look().finally(() => {
      this.#isLooking = false;
    });
  }

  async #look(): Promise<void> {
    let found = await probe(this.#port);
    if (found.kind === 'ready') {
      // A process that ends loses its connections a moment before its port.
      await sleep(LOOK_EVERY_MS);
      found = await probe(this.#port);
    }
    if (found.kind === 'refused') await this.#waitForReturn(found);
  }

  async #waitForReturn(first: Trouble): Promise<void> {
    const goneAt = Date.now();
    let trouble = first;
    const holdMs = this.#config.appRestartTimeoutMs;
    this.#gate.close({ untilMs: goneAt + holdMs, explain: () => this.#explain(trouble, Date.now() - goneAt) });
    this.#logger.warn(
      `the app at ${this.#where} refuses connections; invocations are held until it is back, for ${holdMs} ms at most, and fail after that`,
    );
    for (let found = await this.#check(); found.kind !== 'ready'; found = await this.#check()) {
      trouble = found;
      await sleep(LOOK_EVERY_MS);
    }
    this.#logger.info(`the app is back after ${Date.now() - goneAt} ms`);
    this.#gate.open();
  }

  async #check(): Promise<ProbeResult> {
    const found = await probe(this.#port);
    return found.kind === 'ready' ? probe(this.#config.readiness) : found;
  }

  #explain(trouble: Trouble, goneMs: number): Failure {
    if (trouble.kind === 'refused') {
      return {
        errorType: 'Function.AppConnectionRefused',
        errorMessage: `the app at ${this.#where} has refused connections for ${goneMs} ms: look in its log for why it ended, and let something start it again; AWS_LWA_PORT is the port that it has to listen on`,
      };
    }
    const cause = describe(trouble, this.#config.readiness, []);
    return {
      errorType: 'Function.AppNotReady',
      errorMessage: `the app went away ${goneMs} ms ago and is not ready again: ${cause}`,
    };
  }

  get #where(): string {
    const { host, port } = this.#config.app;
    return `${host}:${port}`;
  }
}
