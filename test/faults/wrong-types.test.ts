import { beforeAll, describe, expect, test } from 'vitest';
import type { InvokeOutcome } from '../../bench/emulator/types.ts';
import { launchAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { httpEvents, HTTP_SOURCES, type HttpSource } from '../helpers/events.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { answerOf, failureOf } from '../helpers/outcomes.ts';
import { rebuild } from '../helpers/rebuilt-answer.ts';

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter(CROWDED);
  return () => adapter.stop();
});

/** What stands in place of a field; `undefined` leaves it out. */
const VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  -1.5,
  '',
  'a text',
  [],
  ['a', null, 1],
  [[]],
  {},
  { a: { b: [] } },
];

/**
 * What makes an event one of its source: with another value there it may be taken for something else. Every other field
 * may be wrong in any way, and it stays a request.
 */
const MARKERS: Record<HttpSource, readonly string[]> = {
  'function-url': ['requestContext', 'requestContext.http', 'requestContext.domainName'],
  'http-api': ['requestContext', 'requestContext.http'],
  'http-api-v1': ['requestContext', 'httpMethod'],
  rest: ['requestContext', 'httpMethod'],
  alb: ['requestContext', 'requestContext.elb', 'httpMethod'],
  'alb-multi-value': ['requestContext', 'requestContext.elb', 'httpMethod'],
  'vpc-lattice-v1': ['raw_path', 'method'],
  'vpc-lattice-v2': ['requestContext', 'requestContext.serviceArn', 'requestContext.serviceNetworkArn'],
};

/** Fields that the request line or the body are made of: wrong ones may change those. */
const METHOD = /^(?:httpMethod|method|requestContext\.http\.method)$/;
const TARGET =
  /^(?:path|rawPath|raw_path|rawQueryString|(?:multiValueQueryS|queryS)tringParameters.*|query_string_parameters.*)$/;
const BODY = /^(?:body|isBase64Encoded|is_base64_encoded)$/;

interface Mutant {
  readonly field: string;
  readonly value: unknown;
  readonly event: unknown;
}

describe('an event with a wrong value in any one field becomes the right request or fails alone:', () => {
  test.each(HTTP_SOURCES)('%s', async (source) => {
    const event = httpEvents[source]({ method: 'POST', path: '/mutant', query: 'a=1', body: 'BODY' });
    const mutants = [...mutantsOf(event)];
    expect(mutants.length).toBeGreaterThan(80);
    await amongNeighbours(adapter, 32, async () => {
      const outcomes = await inTurns(mutants, (mutant) => adapter.invoke(mutant.event));
      const faults = mutants.flatMap((mutant, index) => {
        const fault = faultOf(source, mutant, outcomes[index]);
        return fault === null ? [] : [`${mutant.field} = ${JSON.stringify(mutant.value) ?? 'nothing'}: ${fault}`];
      });
      expect(faults).toEqual([]);
    });
  });
});

function faultOf(source: HttpSource, { field }: Mutant, outcome: InvokeOutcome | undefined): string | null {
  if (outcome === undefined) return 'no outcome';
  const isMarker = MARKERS[source].includes(field);
  if (outcome.kind === 'error') {
    const { errorType, errorMessage } = failureOf(outcome);
    if (errorType !== 'Function.InvalidEvent') return `${errorType}: ${errorMessage}`;
    const name = field.split('.').find((part) => errorMessage.includes(part));
    return isMarker || name !== undefined ? null : `the message does not name the field: ${errorMessage}`;
  }
  if (outcome.kind !== 'response') return outcome.kind;
  if (!isMarker) rebuild(source, answerOf(outcome));
  const received = adapter.app.requestOf(outcome.requestId);
  if (isMarker) return null;
  if (received.target.startsWith('/events')) return 'a request was taken for an event';
  if (!METHOD.test(field) && received.method !== 'POST') return `method ${received.method}`;
  if (!TARGET.test(field) && received.target !== '/mutant?a=1') return `target ${received.target}`;
  if (!BODY.test(field) && received.body.toString('utf8') !== 'BODY') return `body ${received.body.toString('utf8')}`;
  return null;
}

/** The event with each field, at any depth, replaced by each value. */
function* mutantsOf(event: object): Generator<Mutant> {
  for (const path of pathsIn(event)) {
    for (const value of VALUES) {
      const copy = structuredClone(event);
      replace(copy, path, value);
      yield { field: path.join('.'), value, event: copy };
    }
  }
}

function* pathsIn(value: object): Generator<readonly string[]> {
  for (const [name, member] of Object.entries(value)) {
    yield [name];
    if (typeof member !== 'object' || member === null || Array.isArray(member)) continue;
    for (const path of pathsIn(member)) yield [name, ...path];
  }
}

function replace(target: object, [name = '', ...rest]: readonly string[], value: unknown): void {
  const member: unknown = Reflect.get(target, name);
  if (rest.length === 0) Reflect.set(target, name, value);
  else if (typeof member === 'object' && member !== null) replace(member, rest, value);
}

/** Like `Promise.all`, 32 at a time. */
async function inTurns<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()].toReversed();
  const one = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) results[next[0]] = await act(next[1]);
  };
  await Promise.all(Array.from({ length: 32 }, one));
  return results;
}
