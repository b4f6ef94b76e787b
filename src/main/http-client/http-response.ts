import type { FieldLine } from '../../shared/http/response-head.ts';

/** A response of the platform, complete. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly FieldLine[];
  /** False when the peer will close the connection after this response. */
  readonly keepAlive: boolean;
  /** In the pieces in which it arrived. */
  readonly body: Buffer[];
}

/** A header; null when it is absent or, which means the same on this API, empty. Of a repeated name the first counts. */
export function headerOf({ headers }: HttpResponse, name: string): string | null {
  for (const line of headers) if (line[0] === name) return line[1] || null;
  return null;
}

/** The same as text: the bytes are UTF-8 where they are not ASCII. */
export function textHeaderOf(response: HttpResponse, name: string): string | null {
  const value = headerOf(response, name);
  return value !== null && /[\x80-\xff]/.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : value;
}

/** The start of the body as text, for messages. */
export function excerptOf(response: HttpResponse, length = 200): string {
  return Buffer.concat(response.body).toString('utf8').slice(0, length).replace(/\s+/g, ' ').trim();
}
