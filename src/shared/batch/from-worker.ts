import { assertNever, ERROR_TYPES, type Failure } from '../errors.ts';
import type { FromWorker } from '../protocol.ts';
import type { BatchReader } from './batch-reader.ts';
import type { BatchWriter } from './batch-writer.ts';

const RESPONSE = 1;
const FAILURE = 2;
const STREAM_START = 3;
const STREAM_CHUNK = 4;
const STREAM_END = 5;
const STREAM_FAILURE = 6;

export function writeFromWorker(writer: BatchWriter, message: FromWorker): void {
  switch (message.kind) {
    case 'response':
      begin(writer, RESPONSE, message);
      return writer.bytes(message.body);
    case 'failure':
      begin(writer, FAILURE, message);
      return writeFailure(writer, message.failure);
    case 'stream-start':
      begin(writer, STREAM_START, message);
      writer.text(message.contentType);
      return writer.bytes(message.chunk);
    case 'stream-chunk':
      begin(writer, STREAM_CHUNK, message);
      return writer.bytes(message.chunk);
    case 'stream-end':
      begin(writer, message.failure === null ? STREAM_END : STREAM_FAILURE, message);
      if (message.failure !== null) writeFailure(writer, message.failure);
      return;
    default:
      return assertNever(message);
  }
}

export function readFromWorker(reader: BatchReader): FromWorker {
  const kind = reader.byte();
  const id = reader.integer();
  switch (kind) {
    case RESPONSE:
      return { kind: 'response', id, body: reader.bytes() };
    case FAILURE:
      return { kind: 'failure', id, failure: readFailure(reader) };
    case STREAM_START:
      return { kind: 'stream-start', id, contentType: reader.text(), chunk: reader.bytes() };
    case STREAM_CHUNK:
      return { kind: 'stream-chunk', id, chunk: reader.bytes() };
    case STREAM_END:
      return { kind: 'stream-end', id, failure: null };
    case STREAM_FAILURE:
      return { kind: 'stream-end', id, failure: readFailure(reader) };
    default:
      throw new RangeError(`no message from a worker begins with ${kind}`);
  }
}

function begin(writer: BatchWriter, kind: number, { id }: FromWorker): void {
  writer.byte(kind);
  writer.integer(id);
}

function writeFailure(writer: BatchWriter, { errorType, errorMessage }: Failure): void {
  writer.byte(ERROR_TYPES.indexOf(errorType));
  writer.text(errorMessage);
}

function readFailure(reader: BatchReader): Failure {
  const errorType = ERROR_TYPES[reader.byte()];
  if (errorType === undefined) throw new RangeError('a failure has no known type');
  return { errorType, errorMessage: reader.text() };
}
