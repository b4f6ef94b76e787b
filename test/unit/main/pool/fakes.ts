import type { Reply } from '../../../../src/main/pool/invoker.ts';
import type { Invocation } from '../../../../src/shared/protocol.ts';

/** A reply that keeps what it is called with. */
export function fakeReply(): Reply & { readonly calls: readonly unknown[][] } {
  const calls: unknown[][] = [];
  return {
    calls,
    respond: (body) => calls.push(['respond', body]),
    fail: (failure) => calls.push(['fail', failure]),
    startStream: (contentType, chunk) => calls.push(['startStream', contentType, chunk]),
    streamChunk: (chunk) => calls.push(['streamChunk', chunk]),
    endStream: (failure) => calls.push(['endStream', failure]),
  };
}

export function invocation(requestId: string, event: readonly Uint8Array[] = []): Invocation {
  return {
    requestId,
    deadlineMs: 0,
    functionArn: null,
    traceId: null,
    clientContext: null,
    cognitoIdentity: null,
    tenantId: null,
    event,
  };
}
