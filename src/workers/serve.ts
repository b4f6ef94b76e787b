import { BatchReader } from '../shared/batch/batch-reader.ts';
import type { Batch } from '../shared/batch/batch.ts';
import { readToWorker } from '../shared/batch/to-worker.ts';
import type { ServeTask } from '../shared/protocol.ts';
import { createDispatcher } from './dispatcher.ts';
import { Outbox } from './outbox.ts';

export { createDispatcher };

/** The one task of a pool thread: serves the invocations of its channel until it is told to close. */
export default function serve({ port, config }: ServeTask): Promise<void> {
  return new Promise((resolve) => {
    const outbox = new Outbox(port);
    const dispatcher = createDispatcher(config, outbox.post, () => {
      outbox.flush();
      port.close();
    });
    port.on('message', (batch: Batch) => {
      const reader = new BatchReader(batch);
      while (!reader.atEnd) dispatcher.receive(readToWorker(reader));
    });
    // Also when the other side closes it: then nobody is left to answer to.
    port.on('close', resolve);
  });
}
