import { assertNever } from '../errors.ts';
import type { Invocation, ToWorker } from '../protocol.ts';
import type { BatchReader } from './batch-reader.ts';
import type { BatchWriter } from './batch-writer.ts';

const INVOKE = 1;
const CREDIT = 2;
const ABANDON = 3;
const CLOSE = 4;

export function writeToWorker(writer: BatchWriter, message: ToWorker): void {
  switch (message.kind) {
    case 'invoke':
      writer.byte(INVOKE);
      writer.integer(message.id);
      return writeInvocation(writer, message.invocation);
    case 'credit':
      writer.byte(CREDIT);
      writer.integer(message.id);
      return writer.integer(message.bytes);
    case 'abandon':
      writer.byte(ABANDON);
      return writer.integer(message.id);
    case 'close':
      return writer.byte(CLOSE);
    default:
      return assertNever(message);
  }
}

export function readToWorker(reader: BatchReader): ToWorker {
  const kind = reader.byte();
  switch (kind) {
    case INVOKE:
      return { kind: 'invoke', id: reader.integer(), invocation: readInvocation(reader) };
    case CREDIT:
      return { kind: 'credit', id: reader.integer(), bytes: reader.integer() };
    case ABANDON:
      return { kind: 'abandon', id: reader.integer() };
    case CLOSE:
      return { kind: 'close' };
    default:
      throw new RangeError(`no message to a worker begins with ${kind}`);
  }
}

/** The texts come from header values, which have no line ends and are never empty. One text is read sooner than seven. */
function writeInvocation(writer: BatchWriter, invocation: Invocation): void {
  const { requestId, deadlineMs, functionArn, traceId, clientContext, cognitoIdentity, tenantId, event } = invocation;
  writer.text(
    `${requestId}\n${deadlineMs}\n${functionArn ?? ''}\n${traceId ?? ''}\n${clientContext ?? ''}\n${cognitoIdentity ?? ''}\n${tenantId ?? ''}`,
  );
  writer.integer(event.length);
  for (const piece of event) writer.bytes(piece);
}

function readInvocation(reader: BatchReader): Invocation {
  const [requestId = '', deadlineMs, functionArn, traceId, clientContext, cognitoIdentity, tenantId] = reader
    .text()
    .split('\n');
  const event: Uint8Array[] = [];
  for (let left = reader.integer(); left > 0; left--) event.push(reader.bytes());
  return {
    requestId,
    deadlineMs: Number(deadlineMs),
    functionArn: functionArn || null,
    traceId: traceId || null,
    clientContext: clientContext || null,
    cognitoIdentity: cognitoIdentity || null,
    tenantId: tenantId || null,
    event,
  };
}
