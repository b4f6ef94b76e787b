import { expect } from 'vitest';
import type { InvokeOutcome } from '../../bench/emulator/types.ts';
import type { HttpSource } from './events.ts';
import { answerOf } from './outcomes.ts';

/** The response that a client gets of an answer, in a form in which the app's can be written too. */
export interface RebuiltAnswer {
  readonly status: number;
  /** By lower-case name, `set-cookie` left out; repeated lines joined with `, `, which means the same. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

export type HeaderLine = readonly [name: string, value: string];

export function rebuiltFrom(status: number, lines: readonly HeaderLine[], body: Buffer): RebuiltAnswer {
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (const [spelling, value] of lines) {
    const name = spelling.toLowerCase();
    const earlier = headers.get(name);
    if (name === 'set-cookie') cookies.push(value);
    else headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return { status, headers: Object.fromEntries(headers), cookies, body };
}

/** Reads an answer object as its event's source does. @throws Error for what the source would refuse. */
export function rebuild(source: HttpSource, answer: Readonly<Record<string, unknown>>): RebuiltAnswer {
  const { statusCode, body, isBase64Encoded } = answer;
  if (typeof statusCode !== 'number' || typeof body !== 'string' || typeof isBase64Encoded !== 'boolean') {
    throw new Error(`not an answer: ${JSON.stringify(answer)}`);
  }
  return rebuiltFrom(statusCode, linesOf(source, answer), Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}

/** Reads a streamed answer: metadata, eight NUL bytes, body. */
export function rebuildStream(outcome: InvokeOutcome): RebuiltAnswer & { readonly prelude: Record<string, unknown> } {
  if (outcome.kind !== 'response' || !outcome.streamed) throw new Error(`no streamed answer: ${outcome.kind}`);
  expect(outcome.contentType).toBe('application/vnd.awslambda.http-integration-response');
  expect(outcome.trailers).toBeNull();
  const end = outcome.body.indexOf(DELIMITER);
  const prelude: Record<string, unknown> = JSON.parse(outcome.body.toString('utf8', 0, end));
  const { statusCode, headers, multiValueHeaders, cookies, ...others } = prelude;
  if (typeof statusCode !== 'number') throw new Error('the prelude has no status');
  expect(others).toEqual({});
  const lines = [
    ...linesOfTexts(headers),
    ...linesOfLists(multiValueHeaders),
    ...linesOfLists({ 'set-cookie': cookies }),
  ];
  return { prelude, ...rebuiltFrom(statusCode, lines, outcome.body.subarray(end + DELIMITER.length)) };
}

/** Reads the answer of an HTTP event of this source. */
export function rebuildOutcome(source: HttpSource, outcome: InvokeOutcome): RebuiltAnswer {
  return rebuild(source, answerOf(outcome));
}

const DELIMITER = Buffer.alloc(8);

function linesOf(source: HttpSource, answer: Readonly<Record<string, unknown>>): HeaderLine[] {
  const { headers, multiValueHeaders, cookies, ...others } = answer;
  const fields = Object.keys(others).toSorted();
  switch (source) {
    case 'rest':
    case 'http-api-v1':
      // Any other field is a 502 there, and a name in both maps would be sent twice.
      expect(fields).toEqual(['body', 'isBase64Encoded', 'statusCode']);
      expect(cookies).toBeUndefined();
      expect(headers).toEqual({});
      return linesOfLists(multiValueHeaders);
    case 'http-api':
    case 'function-url':
      expect(Object.keys(asObject(headers))).not.toContain('set-cookie');
      return [...linesOfTexts(headers), ...linesOfLists({ 'set-cookie': cookies })];
    case 'alb-multi-value':
      expect(fields).toContain('statusDescription');
      return linesOfLists(multiValueHeaders);
    case 'alb':
      expect(fields).toContain('statusDescription');
      return linesOfTexts(headers);
    case 'vpc-lattice-v1':
    case 'vpc-lattice-v2':
      return linesOfTexts(headers);
  }
}

function linesOfTexts(map: unknown): HeaderLine[] {
  return Object.entries(asObject(map)).map(([name, value]) => [name, asText(value)]);
}

function linesOfLists(map: unknown): HeaderLine[] {
  return Object.entries(asObject(map)).flatMap(([name, values]) => {
    if (values === undefined) return [];
    if (!Array.isArray(values)) throw new Error(`${name} is not a list`);
    return values.map((value): HeaderLine => [name, asText(value)]);
  });
}

function asObject(value: unknown): object {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) throw new Error(`${JSON.stringify(value)} is not an object`);
  return value;
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`${JSON.stringify(value)} is not text`);
  return value;
}
