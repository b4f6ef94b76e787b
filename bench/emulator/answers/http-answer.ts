import type { HeaderLine } from '../events/client-request.ts';

/** What the client gets. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer | string;
}

/** The function's answer is not what its front door reads. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws MalformedAnswer when it is not a JSON object. */
export function parseObject(text: string): JsonObject {
  const value = parseJson(text);
  if (!isObject(value)) throw new MalformedAnswer(`the answer is not a JSON object: ${text.slice(0, 100)}`);
  return value;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MalformedAnswer(`the answer is not JSON: ${text.slice(0, 100)}`, { cause: error });
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function statusOf({ statusCode }: JsonObject): number {
  const status = typeof statusCode === 'string' ? Number(statusCode) : statusCode;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 999) return status;
  throw new MalformedAnswer(`statusCode is not an HTTP status: ${JSON.stringify(statusCode)}`);
}

export function bodyOf({ body, isBase64Encoded }: JsonObject): Buffer | string {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') throw new MalformedAnswer('body is not a string');
  return isBase64Encoded === true ? Buffer.from(body, 'base64') : body;
}

/** Names with one value each. @throws MalformedAnswer for anything else, lists above all. */
export function singleHeaders(headers: unknown, field = 'headers'): HeaderLine[] {
  if (headers === undefined || headers === null) return [];
  if (!isObject(headers)) throw new MalformedAnswer(`${field} is not an object`);
  return Object.entries(headers).map(([name, value]) => [name, headerText(value, `${field}.${name}`)]);
}

/** Names with a list of values each. */
export function multiHeaders(headers: unknown): HeaderLine[] {
  if (headers === undefined || headers === null) return [];
  if (!isObject(headers)) throw new MalformedAnswer('multiValueHeaders is not an object');
  return Object.entries(headers).flatMap(([name, values]) => {
    const field = `multiValueHeaders.${name}`;
    if (!Array.isArray(values)) throw new MalformedAnswer(`${field} is not a list`);
    return values.map((value): HeaderLine => [name, headerText(value, field)]);
  });
}

export function cookieHeaders(cookies: unknown): HeaderLine[] {
  if (cookies === undefined || cookies === null) return [];
  if (!Array.isArray(cookies)) throw new MalformedAnswer('cookies is not a list');
  return cookies.map((cookie) => ['set-cookie', headerText(cookie, 'cookies')]);
}

function headerText(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new MalformedAnswer(`${field} is not a string`);
}
