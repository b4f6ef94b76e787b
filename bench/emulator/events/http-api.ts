import type { ClientRequest } from './client-request.ts';
import { payloadV2 } from './payload-v2.ts';

/**
 * An HTTP API delivers the path decoded, and loses what comes after an escaped question mark.
 *
 * @see https://github.com/middleapi/standard-server/pull/93
 */
export function httpApiEvent(request: ClientRequest): object {
  const path = decodePath(request.path).split('?', 1)[0] ?? '/';
  return payloadV2(request, { accountId: '123456789012', apiId: 'localhost', path, cookieHeader: false });
}

/** Decodes what is a valid escape and leaves the rest, where `decodeURIComponent` would throw. */
function decodePath(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString());
}
