import { exchangesOf, type Exchange, type Scenario } from '../scenarios/scenario.ts';
import { AnswerCheck } from './answer-check.ts';

/** One for each exchange of a scenario. What they have learned about right answers in the warm-up serves the measurement. */
export class Checks {
  readonly #byExchange: ReadonlyMap<Exchange, AnswerCheck>;

  constructor(scenario: Scenario) {
    this.#byExchange = new Map(exchangesOf(scenario).map((exchange) => [exchange, new AnswerCheck(exchange)]));
  }

  /** @throws Error for an exchange of another scenario. */
  of(exchange: Exchange): AnswerCheck {
    const check = this.#byExchange.get(exchange);
    if (check === undefined) throw new Error(`${exchange.path} is not in this scenario`);
    return check;
  }
}
