import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkerLink } from '../../../../src/main/pool/worker-link.ts';
import { ATTACHED_BYTES, type Batch } from '../../../../src/shared/batch/batch.ts';
import type { ToWorker } from '../../../../src/shared/protocol.ts';
import { batchFromWorker, messagesToWorker } from '../../../helpers/batches.ts';
import { fakeReply, invocation } from './fakes.ts';

let link: WorkerLink;

beforeEach(() => {
  link = new WorkerLink();
});
afterEach(() => {
  link.close();
});

/** The next batch that arrives at the worker's end. */
async function nextBatch(): Promise<readonly ToWorker[]> {
  const [batch] = await once(link.remotePort, 'message');
  return messagesToWorker(batch);
}

describe('what is sent to a worker', () => {
  it('in one turn of the event loop arrives as one batch, in its order', async () => {
    link.invoke(invocation('a'), fakeReply()).credit(10);
    link.invoke(invocation('b'), fakeReply()).abandon();
    link.finish();
    const batch = await nextBatch();
    expect(batch.map(({ kind }) => kind)).toEqual(['invoke', 'credit', 'invoke', 'abandon', 'close']);
  });

  it('in the next turn arrives as the next batch, each message once', async () => {
    const first = nextBatch();
    link.invoke(invocation('a'), fakeReply());
    expect(await first).toHaveLength(1);
    const second = nextBatch();
    link.finish();
    expect(await second).toEqual([{ kind: 'close' }]);
  });

  it('waits for a worker that is not there yet', async () => {
    link.invoke(invocation('a'), fakeReply());
    await new Promise(setImmediate);
    link.invoke(invocation('b'), fakeReply());
    await new Promise(setImmediate);
    const batches: Batch[] = [];
    link.remotePort.on('message', (batch: Batch) => batches.push(batch));
    await expect.poll(() => batches.length).toBe(2);
  });
});

describe('the bytes of an event', () => {
  it('are moved to the worker when there are many, not copied', async () => {
    const event = Buffer.allocUnsafeSlow(ATTACHED_BYTES).fill('x');
    link.invoke(invocation('a', [event]), fakeReply());
    const [message] = await nextBatch();
    expect(event.byteLength).toBe(0);
    expect(message?.kind === 'invoke' && Buffer.concat(message.invocation.event).toString()).toBe(
      'x'.repeat(ATTACHED_BYTES),
    );
  });

  it('may be several pieces of the same memory, and of several invocations', async () => {
    const shared = Buffer.allocUnsafeSlow(8);
    shared.write('12345678');
    const other = Buffer.allocUnsafeSlow(2);
    other.write('90');
    link.invoke(invocation('a', [shared.subarray(1, 3), shared.subarray(4, 8), other]), fakeReply());
    const third = Buffer.allocUnsafeSlow(1);
    third.write('x');
    link.invoke(invocation('b', [third]), fakeReply());
    const events = (await nextBatch()).map((message) =>
      message.kind === 'invoke' ? Buffer.concat(message.invocation.event).toString() : '',
    );
    expect(events).toEqual(['23567890', 'x']);
  });
});

describe('what a worker sends', () => {
  it('goes to the replies, the whole batch', async () => {
    const [first, second] = [fakeReply(), fakeReply()];
    link.invoke(invocation('a'), first);
    link.invoke(invocation('b'), second);
    const { batch, transfer } = batchFromWorker([
      { kind: 'response', id: 2, body: Buffer.from([2]) },
      { kind: 'response', id: 1, body: Buffer.from([1]) },
    ]);
    link.remotePort.postMessage(batch, transfer);
    await expect
      .poll(() => [first.calls, second.calls])
      .toEqual([[['respond', Buffer.from([1])]], [['respond', Buffer.from([2])]]]);
  });
});

it("closing the link closes the worker's end, which is how a worker learns of it", async () => {
  const closed = once(link.remotePort, 'close');
  link.close();
  await closed;
});
