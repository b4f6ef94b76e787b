import { BatchReader } from '../../src/shared/batch/batch-reader.ts';
import { BatchWriter } from '../../src/shared/batch/batch-writer.ts';
import type { Batch } from '../../src/shared/batch/batch.ts';
import { readFromWorker, writeFromWorker } from '../../src/shared/batch/from-worker.ts';
import { readToWorker, writeToWorker } from '../../src/shared/batch/to-worker.ts';
import type { FromWorker, ToWorker } from '../../src/shared/protocol.ts';

interface Written {
  readonly batch: Batch;
  readonly transfer: ArrayBuffer[];
}

export function batchToWorker(messages: readonly ToWorker[]): Written {
  const writer = new BatchWriter();
  for (const message of messages) writeToWorker(writer, message);
  return writer.take();
}

export function batchFromWorker(messages: readonly FromWorker[]): Written {
  const writer = new BatchWriter();
  for (const message of messages) writeFromWorker(writer, message);
  return writer.take();
}

export function messagesToWorker(batch: Batch): ToWorker[] {
  return messagesOf(batch, readToWorker);
}

export function messagesFromWorker(batch: Batch): FromWorker[] {
  return messagesOf(batch, readFromWorker);
}

function messagesOf<Message>(batch: Batch, read: (reader: BatchReader) => Message): Message[] {
  const reader = new BatchReader(batch);
  const messages: Message[] = [];
  while (!reader.atEnd) messages.push(read(reader));
  return messages;
}
