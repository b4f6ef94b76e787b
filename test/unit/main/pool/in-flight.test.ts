import { describe, expect, it, vi } from 'vitest';
import { InFlight } from '../../../../src/main/pool/in-flight.ts';
import type { Failure } from '../../../../src/shared/errors.ts';
import type { ToWorker } from '../../../../src/shared/protocol.ts';
import { fakeReply, invocation } from './fakes.ts';

const BYTES = Buffer.from('x');
const FAILURE: Failure = { errorType: 'Runtime.WorkerCrashed', errorMessage: 'it died' };

function setUp(): { inFlight: InFlight; sent: ToWorker[] } {
  const sent: ToWorker[] = [];
  return { inFlight: new InFlight((message) => sent.push(message)), sent };
}

describe('an invocation in flight', () => {
  it('is sent under a key that no other has had', () => {
    const { inFlight, sent } = setUp();
    const same = invocation('same request id');
    inFlight.add(same, fakeReply());
    inFlight.receive({ kind: 'response', id: 1, body: BYTES });
    inFlight.add(same, fakeReply());
    expect(sent).toEqual([
      { kind: 'invoke', id: 1, invocation: same },
      { kind: 'invoke', id: 2, invocation: same },
    ]);
  });

  it('gets its own answer and not that of a neighbour', () => {
    const { inFlight } = setUp();
    const [first, second] = [fakeReply(), fakeReply()];
    inFlight.add(invocation('a'), first);
    inFlight.add(invocation('b'), second);
    inFlight.receive({ kind: 'failure', id: 2, failure: FAILURE });
    inFlight.receive({ kind: 'response', id: 1, body: BYTES });
    expect(first.calls).toEqual([['respond', BYTES]]);
    expect(second.calls).toEqual([['fail', FAILURE]]);
    expect(inFlight.size).toBe(0);
  });

  it('is answered once: what comes after the answer is ignored', () => {
    const { inFlight } = setUp();
    const reply = fakeReply();
    inFlight.add(invocation('a'), reply);
    inFlight.receive({ kind: 'response', id: 1, body: BYTES });
    inFlight.receive({ kind: 'response', id: 1, body: BYTES });
    inFlight.receive({ kind: 'failure', id: 1, failure: FAILURE });
    inFlight.receive({ kind: 'stream-chunk', id: 1, chunk: BYTES });
    expect(reply.calls).toHaveLength(1);
  });

  it('can be answered by a stream, which is in flight until its end', () => {
    const { inFlight } = setUp();
    const reply = fakeReply();
    inFlight.add(invocation('a'), reply);
    inFlight.receive({ kind: 'stream-start', id: 1, contentType: 'type', chunk: BYTES });
    inFlight.receive({ kind: 'stream-chunk', id: 1, chunk: BYTES });
    expect(inFlight.size).toBe(1);
    inFlight.receive({ kind: 'stream-end', id: 1, failure: null });
    expect(inFlight.size).toBe(0);
    expect(reply.calls).toEqual([
      ['startStream', 'type', BYTES],
      ['streamChunk', BYTES],
      ['endStream', null],
    ]);
  });

  it('is told of the bytes that were taken', () => {
    const { inFlight, sent } = setUp();
    inFlight.add(invocation('a'), fakeReply()).credit(42);
    expect(sent[1]).toEqual({ kind: 'credit', id: 1, bytes: 42 });
  });

  it('that has been abandoned is not heard of again, and the worker is told once', () => {
    const { inFlight, sent } = setUp();
    const reply = fakeReply();
    const handle = inFlight.add(invocation('a'), reply);
    handle.abandon();
    handle.abandon();
    inFlight.receive({ kind: 'response', id: 1, body: BYTES });
    expect(sent.filter(({ kind }) => kind === 'abandon')).toEqual([{ kind: 'abandon', id: 1 }]);
    expect(reply.calls).toEqual([]);
  });

  it('is not abandoned after its answer: there is nothing left to stop', () => {
    const { inFlight, sent } = setUp();
    const handle = inFlight.add(invocation('a'), fakeReply());
    inFlight.receive({ kind: 'response', id: 1, body: BYTES });
    handle.abandon();
    expect(sent.map(({ kind }) => kind)).toEqual(['invoke']);
  });
});

describe('the loss of the worker', () => {
  it('fails each invocation in the form that its caller can still read', () => {
    const { inFlight } = setUp();
    const [waiting, streaming, done] = [fakeReply(), fakeReply(), fakeReply()];
    for (const reply of [waiting, streaming, done]) inFlight.add(invocation('x'), reply);
    inFlight.receive({ kind: 'stream-start', id: 2, contentType: 'type', chunk: BYTES });
    inFlight.receive({ kind: 'response', id: 3, body: BYTES });
    inFlight.failAll(FAILURE);
    expect(waiting.calls).toEqual([['fail', FAILURE]]);
    expect(streaming.calls.at(-1)).toEqual(['endStream', FAILURE]);
    expect(done.calls).toEqual([['respond', BYTES]]);
    expect(inFlight.size).toBe(0);
  });

  it('does not take an invocation with it that begins while the others fail', () => {
    const { inFlight } = setUp();
    const next = fakeReply();
    const reply = fakeReply();
    vi.spyOn(reply, 'fail').mockImplementation(() => inFlight.add(invocation('next'), next));
    inFlight.add(invocation('lost'), reply);
    inFlight.failAll(FAILURE);
    expect(next.calls).toEqual([]);
    expect(inFlight.size).toBe(1);
  });
});
