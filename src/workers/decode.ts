import type { Config } from '../shared/config.ts';
import { free } from '../shared/free.ts';
import type { Invocation } from '../shared/protocol.ts';
import { createAppHeaders } from './request/app-headers.ts';
import { isObject, type JsonObject } from './request/fields.ts';
import { joinPieces, parseEvent } from './request/parse-event.ts';
import { pathTarget } from './request/path.ts';
import { requestContextJson } from './request/request-context.ts';
import { findSource } from './sources/index.ts';
import { createPassThrough } from './sources/pass-through.ts';
import type { EventSource } from './sources/source.ts';
import type { Decoded } from './types.ts';

/** Freeing less than this costs more than leaving it to the garbage collector. */
const FREED_BYTES = 32 * 1024;

/**
 * Makes the function that turns an invocation's event into the request to the app. It takes the event over: the memory of a large
 * one is freed when the request does not need it.
 *
 * It throws an {@link AdapterError} with `Function.InvalidEvent` for what cannot become a request, and nothing else.
 */
export function createDecoder(config: Config): (invocation: Invocation) => Decoded {
  const appHeaders = createAppHeaders(config);
  const passThrough = createPassThrough(config, appHeaders);

  function decodeHttp(source: EventSource, event: JsonObject, json: string, invocation: Invocation): Decoded {
    const { method, path, query, headers, body } = source.read(event, json);
    const pathPart = pathTarget(path, config.basePath);
    return {
      kind: 'http',
      request: {
        method,
        target: query === '' ? pathPart : `${pathPart}?${query}`,
        headers: appHeaders(headers, requestContextJson(event, json), invocation),
        body,
      },
      ...source.answerFor(event),
      acceptEncoding: headers.get('accept-encoding')?.join(', ') ?? null,
    };
  }

  return (invocation) => {
    const bytes = joinPieces(invocation.event);
    const { json, value: event } = parseEvent(bytes);
    if (isObject(event)) {
      const source = findSource(event);
      if (source !== null) {
        const decoded = decodeHttp(source, event, json, invocation);
        if (decoded.request.body?.buffer !== bytes.buffer) freeEvent(bytes);
        return decoded;
      }
    }
    return { kind: 'event', request: passThrough(bytes, invocation) };
  };
}

/** The garbage collector would leave 6 MB of each upload there until the app has answered it, and some time longer. */
function freeEvent(bytes: Uint8Array): void {
  if (bytes.byteLength >= FREED_BYTES) free(bytes);
}
