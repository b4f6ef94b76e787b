import { isAscii } from 'node:buffer';
import { answerAsJson } from '../../../src/workers/response/json-answer.ts';
import type { Outlet } from '../../../src/workers/response/answer.ts';
import { alb } from '../../../src/workers/sources/alb.ts';
import { functionUrl } from '../../../src/workers/sources/function-url.ts';
import { restAnswer } from '../../../src/workers/sources/api-gateway-rest.ts';
import { latticeAnswer } from '../../../src/workers/sources/vpc-lattice-v1.ts';
import type { Envelope, Header } from '../../../src/workers/types.ts';
import { htmlPage } from '../../scenarios/html-page.ts';
import { compare, type Comparison } from '../compare.ts';
import type { Question } from '../question.ts';
import { randomBytes } from '../random-bytes.ts';

const HEADERS: readonly Header[] = [
  ['content-type', 'application/json; charset=utf-8'],
  ['content-length', '27'],
  ['date', 'Thu, 01 Jan 2026 12:00:00 GMT'],
  ['etag', 'W/"1b-0123456789abcdef"'],
  ['x-powered-by', 'Express'],
  ['set-cookie', 'session=0123456789abcdef; Path=/; HttpOnly'],
  ['set-cookie', 'theme=dark; Path=/'],
];

const ENVELOPES: Readonly<Record<string, Envelope>> = {
  'function URL, HTTP API': functionUrl.answerFor({}).envelope,
  'REST API': restAnswer.envelope,
  ALB: alb.answerFor({}).envelope,
  'ALB, lists of values': alb.answerFor({ multiValueHeaders: {} }).envelope,
  'VPC Lattice': latticeAnswer.envelope,
};

const SMALL = Buffer.from('{"message":"Hello, world!"}');
const ASCII = htmlPage();
const NON_ASCII = Buffer.from(htmlPage().toString('latin1').replaceAll('e', 'é').slice(0, 90_000));
const BODIES: Readonly<Record<string, readonly [body: Buffer, isText: boolean]>> = {
  'JSON of 27 bytes': [SMALL, true],
  '100 KB of ASCII': [ASCII, true],
  '100 KB of text beyond ASCII': [NON_ASCII, true],
  '64 KB of binary': [randomBytes(64 * 1024), false],
};

export const encode: Question = {
  name: 'encode',
  summary:
    'what it takes to make the answer of status, headers and body: the envelope, and the JSON text by kind of body',
  async *measure(budgetMs) {
    yield await compare(envelopes(), budgetMs);
    for (const [title, [body, isText]] of Object.entries(BODIES)) {
      yield await compare(answers(title, body, isText), budgetMs);
    }
  },
};

function envelopes(): Comparison<object> {
  const variants = Object.entries(ENVELOPES).map(([source, envelope]) => [source, () => envelope(200, HEADERS)]);
  return {
    title: 'envelope, by source',
    variants: Object.fromEntries(variants),
    meaning: linesIn,
    expected: HEADERS.map((line) => line.join(': ')).toSorted(),
  };
}

/** The header lines that an envelope says in one map or another, each once. */
function linesIn(envelope: object): string[] {
  const lines = new Set<string>();
  for (const [field, value] of Object.entries(envelope)) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, values] of Object.entries(value)) {
      const header = field === 'cookies' ? 'set-cookie' : name.toLowerCase();
      for (const each of [values].flat()) lines.add(`${header}: ${String(each)}`);
    }
  }
  return [...lines].toSorted();
}

function answers(title: string, body: Buffer, isText: boolean): Comparison<Uint8Array> {
  const envelope = functionUrl.answerFor({}).envelope(200, HEADERS);
  return {
    title,
    variants: {
      'as the adapter does': () => answered(envelope, body, isText),
      'JSON.stringify of it all': () => whole(envelope, body, isText),
      'text around the body, joined': () => Buffer.from(joined(envelope, bodyJson(body, isText), isText)),
      'body between bytes': () => between(envelope, body, isText),
    },
    meaning: (bytes) => Buffer.from(bytes),
    expected: whole(envelope, body, isText),
  };
}

function answered(envelope: object, body: Buffer, isText: boolean): Uint8Array {
  let bytes: Uint8Array | null = null;
  const outlet: Outlet = { ...NO_OUTLET, respond: (answer) => void (bytes = answer) };
  answerAsJson(envelope, body, isText, outlet);
  return bytes ?? Buffer.alloc(0);
}

const unexpected = (): never => {
  throw new Error('a small body is answered at once');
};
const NO_OUTLET: Outlet = {
  respond: unexpected,
  fail: unexpected,
  startStream: unexpected,
  streamChunk: unexpected,
  endStream: unexpected,
  holdApp: unexpected,
  releaseApp: unexpected,
};

function whole(envelope: object, body: Buffer, isText: boolean): Buffer {
  const text = isText ? textOf(body) : body.toString('base64');
  return Buffer.from(JSON.stringify({ ...envelope, body: text, isBase64Encoded: !isText }));
}

function bodyJson(body: Buffer, isText: boolean): string {
  return isText ? JSON.stringify(textOf(body)) : `"${body.toString('base64')}"`;
}

function joined(envelope: object, json: string, isText: boolean): string {
  return `${JSON.stringify(envelope).slice(0, -1)},"body":${json},"isBase64Encoded":${!isText}}`;
}

/** Base64 is written as latin1 into its place, and so is text when it is ASCII. */
function between(envelope: object, body: Buffer, isText: boolean): Buffer {
  const head = `${JSON.stringify(envelope).slice(0, -1)},"body":`;
  const tail = `,"isBase64Encoded":${!isText}}`;
  const json = bodyJson(body, isText);
  const headBytes = Buffer.byteLength(head);
  const isLatin1 = !isText || isAscii(body);
  const bodyBytes = isLatin1 ? json.length : Buffer.byteLength(json);
  const bytes = Buffer.allocUnsafe(headBytes + bodyBytes + tail.length);
  bytes.write(head, 0);
  if (isLatin1) bytes.write(json, headBytes, 'latin1');
  else bytes.write(json, headBytes);
  bytes.write(tail, headBytes + bodyBytes, 'latin1');
  return bytes;
}

/** Reading ASCII as ISO-8859-1 spares the UTF-8 decoder. */
function textOf(body: Buffer): string {
  return body.toString(isAscii(body) ? 'latin1' : 'utf8');
}
