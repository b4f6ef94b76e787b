import type { ClientRequest } from './client-request.ts';
import { payloadV2 } from './payload-v2.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export function functionUrlEvent(request: ClientRequest): object {
  return payloadV2(request, { accountId: 'anonymous', apiId: 'localhost', path: request.path, cookieHeader: true });
}
