import type { Answer, Outlet } from './answer.ts';
import { BodyCollector } from './body-collector.ts';
import { announcedBytes, type ResponseHead } from './head.ts';
import { MAX_ANSWER_BYTES } from './limits.ts';
import { isDeclaredText } from './text-or-base64.ts';

const NULL = Buffer.from('null');

/**
 * The answer to an event that is not an HTTP request: the app's JSON text, byte for byte. Anything else means that the
 * app has no answer to give: `null`. That includes JSON under a content type that does not show it, as it always has.
 */
export class EventAnswer implements Answer {
  readonly #outlet: Outlet;
  /** Null when the body cannot be an answer. */
  readonly #body: BodyCollector | null;

  /** @throws AdapterError `Function.ResponseTooLarge` */
  constructor(head: ResponseHead, method: string, outlet: Outlet) {
    this.#outlet = outlet;
    this.#body = isDeclaredText(head.headers) ? new BodyCollector(MAX_ANSWER_BYTES) : null;
    this.#body?.expect(announcedBytes(head, method));
  }

  data(chunk: Buffer): void {
    this.#body?.add(chunk);
  }

  end(): void {
    const body = this.#body?.join();
    this.#outlet.respond(body !== undefined && isJson(body) ? body : NULL);
  }
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(STRICT_UTF8.decode(body));
    return true;
  } catch {
    return false;
  }
}

/** Bytes that are not UTF-8 are not JSON, and neither is a byte order mark. */
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
