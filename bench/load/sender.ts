import type { Emulator, InvokeOutcome } from '../emulator/types.ts';
import { bodyBytes, type Exchange, type Scenario } from '../scenarios/scenario.ts';
import type { Checks } from './checks.ts';
import { StreamCheck } from './stream-check.ts';
import { Tally } from './tally.ts';

/** What happens to an invocation that finds no parked poll. */
export type WithoutPoll = 'wait' | 'refuse';

/** An answer that takes longer than that is lost, in milliseconds. */
const INVOCATION_TIMEOUT_MS = 30_000;
/** A load with so many failures says nothing, and one without an adapter would never pause. */
const MAX_FAILURES = 50;

/** Sends invocations one by one and keeps account of what comes back. */
export class Sender {
  readonly tally = new Tally();
  readonly #emulator: Emulator;
  readonly #scenario: Scenario;
  readonly #checks: Checks;
  readonly #withoutPoll: WithoutPoll;
  readonly #options: { readonly timeoutMs: number; readonly waitForPollMs: number };

  constructor(emulator: Emulator, scenario: Scenario, checks: Checks, withoutPoll: WithoutPoll) {
    this.#emulator = emulator;
    this.#scenario = scenario;
    this.#checks = checks;
    this.#withoutPoll = withoutPoll;
    this.#options = {
      timeoutMs: INVOCATION_TIMEOUT_MS,
      waitForPollMs: withoutPoll === 'wait' ? INVOCATION_TIMEOUT_MS : 0,
    };
  }

  get isHopeless(): boolean {
    return this.tally.failures >= MAX_FAILURES;
  }

  /**
   * Sends one invocation and resolves when it has been answered; never rejects for what an adapter does.
   *
   * @param startMs when it was to start, on the clock of `performance.now()`
   */
  async send(exchange: Exchange, startMs: number): Promise<void> {
    const { tally } = this;
    if (this.#withoutPoll === 'wait' && this.#emulator.parked === 0) tally.waited++;
    const stream = exchange.isStreamed ? new StreamCheck(exchange.answer) : null;
    const outcome = await this.#invoke(exchange, stream);
    const now = performance.now();
    if (outcome.kind === 'refused' && this.#withoutPoll === 'refuse') {
      tally.refused++;
      return;
    }
    const problem = stream === null ? this.#checks.of(exchange).problemOf(outcome) : stream.problemOf(outcome);
    if (problem !== null) return tally.fail(problem);
    tally.answered++;
    tally.bodyBytes += bodyBytes(exchange);
    if (exchange !== this.#scenario.measured) return;
    tally.latencies.add(now - startMs);
    if (stream !== null) {
      tally.answerBytes += stream.bytes;
      tally.firstBytes.add(stream.firstByteAt - startMs);
    } else if (outcome.kind === 'response') {
      tally.answerBytes += outcome.body.length;
    }
  }

  #invoke({ event }: Exchange, stream: StreamCheck | null): Promise<InvokeOutcome> {
    if (stream === null) return this.#emulator.invoke(event, this.#options);
    const onChunk = (chunk: Buffer): void => stream.add(chunk);
    return this.#emulator.invoke(event, { ...this.#options, onChunk, keepBody: false });
  }
}
