import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Coordinator } from '../../../../src/main/coordinator/coordinator.ts';
import type { Exchange } from '../../../../src/main/http-client/connection.ts';
import { AppGate } from '../../../../src/main/readiness/app-gate.ts';
import { RuntimeApiClient } from '../../../../src/main/runtime-api/client.ts';
import { captureLog } from '../../../helpers/captured-logger.ts';
import { invocationResponse, response } from '../responses.ts';
import { FakeInvoker } from './fakes.ts';

const BODY = Buffer.from('{}');

/** Polls that are parked, oldest first, and posts that the platform has not answered. */
let parked: Exchange[];
let posted: Exchange[];
let closed: number;
let invoker: FakeInvoker;
let coordinator: Coordinator;
let log: ReturnType<typeof captureLog>;

beforeEach(() => {
  vi.stubGlobal('__ADAPTER_VERSION__', 'test');
  vi.useFakeTimers({ now: 1_000_000 });
  parked = [];
  posted = [];
  closed = 0;
  vi.spyOn(RuntimeApiClient.prototype, 'next').mockImplementation((exchange) => parked.push(exchange));
  vi.spyOn(RuntimeApiClient.prototype, 'respond').mockImplementation((_target, _body, exchange) =>
    posted.push(exchange),
  );
  vi.spyOn(RuntimeApiClient.prototype, 'close').mockImplementation(() => closed++);
  invoker = new FakeInvoker();
  const gate = new AppGate(0);
  gate.open();
  log = captureLog();
  coordinator = new Coordinator({ host: 'unused', port: 1 }, invoker, gate, log.logger, () => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The platform hands an invocation to the poll that has waited longest. */
function deliver(requestId: string): void {
  parked.shift()?.onResponse(invocationResponse(requestId));
}

/** The invocation gets its answer, and the platform takes it. */
function finish(index: number): void {
  invoker.invoked[index]?.reply.respond(BODY);
  posted.shift()?.onResponse(response(202));
}

describe('the polls', () => {
  it('are as many as decided, parked at once', () => {
    coordinator.start({ kind: 'fixed', polls: 16 });
    expect(parked).toHaveLength(16);
  });

  it('stay as many when all are at work, if their number was told', () => {
    coordinator.start({ kind: 'fixed', polls: 4 });
    for (let count = 0; count < 4; count++) deliver(`id-${count}`);
    expect(parked).toHaveLength(0);
    finish(2);
    expect(parked).toHaveLength(1);
  });

  it('become more while few are idle, if their number was a guess', () => {
    coordinator.start({ kind: 'growing', polls: 8, most: 1600 });
    for (let count = 0; count < 6; count++) deliver(`id-${count}`);
    expect(parked).toHaveLength(2);
    deliver('id-6');
    expect(parked).toHaveLength(3);
    for (let count = 7; count < 200; count++) {
      expect(parked.length).toBeGreaterThan(0);
      deliver(`id-${count}`);
    }
    expect(invoker.invoked).toHaveLength(200);
  });

  it('never become more than Lambda sends to one environment', () => {
    coordinator.start({ kind: 'growing', polls: 8, most: 20 });
    for (let count = 0; count < 20; count++) deliver(`id-${count}`);
    expect(invoker.invoked).toHaveLength(20);
    expect(parked).toHaveLength(0);
  });

  it('do not become more over time when few invocations are under way', () => {
    coordinator.start({ kind: 'growing', polls: 8, most: 1600 });
    for (let count = 0; count < 100; count++) {
      deliver(`id-${count}`);
      finish(count);
    }
    expect(parked).toHaveLength(8);
  });
});

describe('an answer', () => {
  it('on its way does not keep its slot where many are served at once', () => {
    coordinator.start({ kind: 'fixed', polls: 2 });
    deliver('a');
    expect(parked).toHaveLength(1);
    invoker.invoked[0]?.reply.respond(BODY);
    expect(posted).toHaveLength(1);
    expect(parked).toHaveLength(2);
  });

  it('keeps its slot where one is served at a time: whoever polls too early gets the same invocation again', () => {
    coordinator.start({ kind: 'fixed', polls: 1 });
    deliver('a');
    invoker.invoked[0]?.reply.respond(BODY);
    expect(parked).toHaveLength(0);
    posted[0]?.onResponse(response(202));
    expect(parked).toHaveLength(1);
  });

  it('keeps its slot when it is large, or when as many are on their way as there are slots', () => {
    coordinator.start({ kind: 'fixed', polls: 2 });
    deliver('large');
    invoker.invoked[0]?.reply.respond(Buffer.alloc(65 * 1024));
    expect(parked).toHaveLength(1);
    for (let count = 1; count <= 2; count++) {
      deliver(`small ${count}`);
      invoker.invoked[count]?.reply.respond(BODY);
      expect(parked).toHaveLength(1);
    }
    deliver('one too many');
    invoker.invoked[3]?.reply.respond(BODY);
    expect(parked).toHaveLength(0);
    expect(posted).toHaveLength(4);
  });

  it('uses the connection of an earlier one that has been taken', () => {
    coordinator.start({ kind: 'fixed', polls: 2 });
    const used = new Set<RuntimeApiClient>();
    vi.spyOn(RuntimeApiClient.prototype, 'respond').mockImplementation(function (this: RuntimeApiClient, ...call) {
      used.add(this);
      posted.push(call[2]);
    });
    for (let count = 0; count < 5; count++) {
      deliver(`id-${count}`);
      finish(count);
    }
    expect(used.size).toBe(1);
  });

  it('leaves no connection open that is not needed any more', async () => {
    coordinator.start({ kind: 'fixed', polls: 8 });
    for (let count = 0; count < 8; count++) deliver(`id-${count}`);
    for (let count = 0; count < 8; count++) invoker.invoked[count]?.reply.respond(BODY);
    expect(posted).toHaveLength(8);
    for (const exchange of posted.splice(0)) exchange.onResponse(response(202));
    // One of the eight is used all the time.
    for (let count = 8; count < 28; count++) {
      deliver(`id-${count}`);
      finish(count);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(closed).toBe(7);
    await vi.advanceTimersByTimeAsync(4000);
    expect(closed).toBe(8);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['is refused', (exchange: Exchange | undefined) => exchange?.onResponse(response(413)), 'refused the answer: 413'],
    [
      'is lost',
      (exchange: Exchange | undefined) => exchange?.onError(new Error('reset')),
      'could not be posted: reset',
    ],
  ])('that %s is the trouble of its invocation alone, and named in the log', (_what, act, text) => {
    coordinator.start({ kind: 'fixed', polls: 2 });
    deliver('a');
    invoker.invoked[0]?.reply.respond(BODY);
    act(posted[0]);
    expect(log.lines).toEqual([expect.objectContaining({ requestId: 'a', msg: expect.stringContaining(text) })]);
    deliver('b');
    expect(invoker.invoked).toHaveLength(2);
  });
});

describe('a drain', () => {
  it('ends at once when nothing is under way, with every poll given up', async () => {
    coordinator.start({ kind: 'fixed', polls: 3 });
    await coordinator.drain();
    expect(closed).toBe(3);
  });

  it('ends when the last answer has been taken', async () => {
    coordinator.start({ kind: 'fixed', polls: 3 });
    deliver('a');
    deliver('b');
    const drained = vi.fn<() => void>();
    void coordinator.drain().then(drained);
    expect(closed).toBe(1);
    finish(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(drained).not.toHaveBeenCalled();
    finish(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(drained).toHaveBeenCalledOnce();
    expect(parked).toHaveLength(1);
  });

  it('that comes to its end before an answer is taken says whose answer that was', () => {
    coordinator.start({ kind: 'fixed', polls: 2 });
    deliver('a');
    invoker.invoked[0]?.reply.respond(BODY);
    void coordinator.drain();
    coordinator.giveUp({ errorType: 'Runtime.Shutdown', errorMessage: 'the end' });
    expect(log.lines).toEqual([
      expect.objectContaining({ requestId: 'a', msg: 'the end: the platform has not taken its answer' }),
    ]);
  });

  it('ends when what is not finished was given up and the platform has taken that', async () => {
    vi.spyOn(RuntimeApiClient.prototype, 'fail').mockImplementation((_target, _failure, exchange) =>
      posted.push(exchange),
    );
    coordinator.start({ kind: 'fixed', polls: 3 });
    deliver('a');
    deliver('b');
    const drained = vi.fn<() => void>();
    void coordinator.drain().then(drained);
    coordinator.giveUp({ errorType: 'Runtime.Shutdown', errorMessage: 'the end' });
    expect(posted).toHaveLength(2);
    for (const exchange of posted) exchange.onResponse(response(202));
    await vi.advanceTimersByTimeAsync(0);
    expect(drained).toHaveBeenCalledOnce();
    expect(invoker.invoked.every(({ isAbandoned }) => isAbandoned)).toBe(true);
  });

  it('adds no poll', () => {
    coordinator.start({ kind: 'growing', polls: 4, most: 100 });
    void coordinator.drain();
    for (let count = 0; count < 4; count++) deliver(`id-${count}`);
    expect(parked).toHaveLength(0);
  });
});
