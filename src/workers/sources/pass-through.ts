import type { Config } from '../../shared/config.ts';
import type { Invocation } from '../../shared/protocol.ts';
import type { AppHeaders } from '../request/app-headers.ts';
import { trimEvent } from '../request/parse-event.ts';
import { pathTarget } from '../request/path.ts';
import type { AppRequest } from '../types.ts';

/** Makes requests of events that are none: the app gets the bytes of their JSON value, unchanged, on one path of its own. */
export function createPassThrough(
  config: Config,
  appHeaders: AppHeaders,
): (bytes: Uint8Array, invocation: Invocation) => AppRequest {
  const target = pathTarget(config.passThroughPath, null);
  return (bytes, invocation) => ({
    method: 'POST',
    target,
    headers: appHeaders(new Map([['content-type', ['application/json']]]), 'null', invocation),
    body: trimEvent(bytes),
  });
}
