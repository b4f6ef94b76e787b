import { asciiJson } from './ascii-json.ts';
import { invalidEvent } from './fields.ts';

/**
 * The event's request context as JSON, for an HTTP request. `null` is kept for events that are none, by which apps tell
 * them apart, so a source without a context gets an empty one.
 *
 * @throws {AdapterError} `Function.InvalidEvent` when it is nested too deeply to be written
 */
export function requestContextJson(requestContext: unknown): string {
  try {
    return asciiJson(JSON.stringify(requestContext ?? {}));
  } catch {
    // Parsing does not recurse, writing does.
    throw invalidEvent('requestContext is nested too deeply; accepted: what fits into a header');
  }
}
