import { parseArgs } from 'node:util';
import { messageOf } from '../../src/shared/errors.ts';
import { UsageError } from '../options/usage-error.ts';
import { QUESTIONS } from './questions/index.ts';
import type { Question } from './question.ts';

export interface MicroOptions {
  readonly questions: readonly Question[];
  /** For each variant, in milliseconds. */
  readonly budgetMs: number;
}

const MAX_BUDGET_MS = 60_000;

export function helpText(): string {
  const lines = QUESTIONS.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`);
  return `Times the parts of the adapter one by one; what the variants make is compared before they are timed.

  npm run bench:micro                    all of them
  npm run bench:micro -- decode hop      some

${lines.join('\n')}

  --time MS    how long each variant is measured, from 1 to ${MAX_BUDGET_MS} (default 300)
  --help       show this text
`;
}

/**
 * @returns null when help is wanted
 * @throws {UsageError}
 */
export function parseOptions(args: readonly string[]): MicroOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const budgetMs = /^\d{1,5}$/.test(values.time) ? Number(values.time) : NaN;
  if (!(budgetMs >= 1 && budgetMs <= MAX_BUDGET_MS)) {
    throw new UsageError(`--time ${values.time}: accepted is a whole number from 1 to ${MAX_BUDGET_MS}`);
  }
  return { questions: positionals.length === 0 ? QUESTIONS : positionals.map(questionOf), budgetMs };
}

function questionOf(name: string): Question {
  const question = QUESTIONS.find((candidate) => candidate.name === name);
  if (question !== undefined) return question;
  throw new UsageError(`${name}: accepted is ${QUESTIONS.map((known) => known.name).join(', ')}`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { time: { type: 'string', default: '300' }, help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}
