import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PollSlot } from '../../../../src/main/coordinator/poll-slot.ts';
import { PollTrouble } from '../../../../src/main/coordinator/poll-trouble.ts';
import { AppGate } from '../../../../src/main/readiness/app-gate.ts';
import type { Failure } from '../../../../src/shared/errors.ts';
import { captureLog, type Line } from '../../../helpers/captured-logger.ts';
import { invocationResponse, response } from '../responses.ts';
import { FakeApi, FakeInvoker } from './fakes.ts';

const ACCEPTED = response(202);
const BODY = Buffer.from('{"statusCode":200}');
const FAILURE: Failure = { errorType: 'Function.AppTimeout', errorMessage: 'too slow' };
const TARGET = { requestId: 'id-1', invocationId: 'nonce-1' };
const FIRST = invocationResponse('id-1', { 'lambda-runtime-invocation-id': 'nonce-1' });

let api: FakeApi;
let invoker: FakeInvoker;
let gate: AppGate;
let slot: PollSlot;
let lines: Line[];
const onBusy = vi.fn<() => void>();
const onIdle = vi.fn<() => void>();
const onFailure = vi.fn<(failure: Failure) => void>();

beforeEach(() => {
  vi.stubGlobal('__ADAPTER_VERSION__', 'test');
  vi.useFakeTimers();
  onBusy.mockClear();
  onIdle.mockClear();
  onFailure.mockClear();
  const log = captureLog();
  lines = log.lines;
  api = new FakeApi();
  invoker = new FakeInvoker();
  gate = new AppGate(0);
  gate.open();
  const trouble = new PollTrouble(log.logger);
  slot = new PollSlot({ api, posts: null, invoker, gate, logger: log.logger, trouble, onBusy, onIdle, onFailure });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The slot has got its first invocation. */
function serveFirst(): void {
  slot.poll();
  api.answer(FIRST);
}

function chunk(bytes: number): Buffer {
  return Buffer.alloc(bytes, 'x');
}

/** The slot has begun a streamed answer to it, with 10 bytes. */
function startStream(): void {
  serveFirst();
  slot.startStream('some/type', chunk(10));
}

describe('a turn of a slot', () => {
  it('is: poll, hand over, post the answer, and poll again when the platform has taken it', () => {
    serveFirst();
    expect(invoker.last.invocation).toMatchObject({ requestId: 'id-1', event: [Buffer.from('{}')] });
    slot.respond(BODY);
    expect(api.calls).toEqual([['next'], ['respond', TARGET, BODY]]);
    api.answer(ACCEPTED);
    expect(api.sequence).toEqual(['next', 'respond', 'next']);
    api.answer(invocationResponse('id-2'));
    expect(invoker.invoked.map(({ invocation }) => invocation.requestId)).toEqual(['id-1', 'id-2']);
    expect(lines).toEqual([]);
  });

  it('has no second poll while the app works', () => {
    serveFirst();
    vi.advanceTimersByTime(60_000);
    expect(api.polls).toBe(1);
  });

  it('posts a failure under the same id and logs it with its request', () => {
    serveFirst();
    slot.fail(FAILURE);
    expect(api.calls.at(-1)).toEqual(['fail', TARGET, FAILURE]);
    expect(lines).toEqual([
      expect.objectContaining({ requestId: 'id-1', errorType: 'Function.AppTimeout', msg: 'too slow' }),
    ]);
    api.answer(ACCEPTED);
    expect(api.polls).toBe(2);
  });

  it('is told as busy once and as idle once', () => {
    slot.poll();
    expect(onBusy).not.toHaveBeenCalled();
    api.answer(FIRST);
    expect([onBusy.mock.calls.length, onIdle.mock.calls.length]).toEqual([1, 0]);
    slot.respond(BODY);
    expect(onIdle).not.toHaveBeenCalled();
    api.answer(ACCEPTED);
    expect([onBusy.mock.calls.length, onIdle.mock.calls.length]).toEqual([1, 1]);
  });

  it('has a request id from the invocation to the end of its answer', () => {
    slot.poll();
    expect(slot.requestId).toBeNull();
    api.answer(FIRST);
    slot.respond(BODY);
    expect(slot.requestId).toBe('id-1');
    api.answer(ACCEPTED);
    expect(slot.requestId).toBeNull();
  });

  it.each([400, 403, 410, 413, 500])('costs no more than itself when the platform answers %i to the post', (status) => {
    serveFirst();
    slot.respond(BODY);
    api.answer(response(status, {}, '{"errorType":"SomeReason"}'));
    expect(api.polls).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ requestId: 'id-1' });
    expect(lines[0]?.msg).toMatch(new RegExp(`${status}.*SomeReason`));
  });

  it('costs no more than itself when the post breaks', () => {
    serveFirst();
    slot.respond(BODY);
    api.break();
    expect(api.polls).toBe(2);
    expect(lines).toEqual([expect.objectContaining({ requestId: 'id-1' })]);
  });

  it('fails when the invocation cannot be handed over, and the slot goes on', () => {
    vi.spyOn(invoker, 'invoke').mockImplementationOnce(() => {
      throw new Error('no threads');
    });
    serveFirst();
    expect(api.calls.at(-1)).toEqual([
      'fail',
      TARGET,
      { errorType: 'Runtime.AdapterError', errorMessage: expect.stringContaining('no threads') },
    ]);
    api.answer(ACCEPTED);
    api.answer(FIRST);
    expect(invoker.invoked).toHaveLength(1);
  });
});

describe('a streamed answer', () => {
  it('is opened, written and ended; the slot polls again when the platform has taken it', () => {
    startStream();
    slot.streamChunk(chunk(20));
    slot.endStream(null);
    expect(api.calls).toEqual([
      ['next'],
      ['openStream', TARGET, 'some/type'],
      ['chunk', chunk(10)],
      ['chunk', chunk(20)],
      ['endStream', null],
    ]);
    api.answer(ACCEPTED);
    expect(api.sequence.slice(5)).toEqual(['closeStream', 'next']);
    expect(lines).toEqual([]);
  });

  it('gives the worker credit at once for what the socket took', () => {
    startStream();
    slot.streamChunk(chunk(20));
    expect(invoker.last.credits).toEqual([10, 20]);
  });

  it('gives no credit for what the socket did not take, until it has', () => {
    startStream();
    api.hasRoom = false;
    slot.streamChunk(chunk(20));
    slot.streamChunk(chunk(30));
    expect(invoker.last.credits).toEqual([10]);
    api.drain();
    expect(invoker.last.credits).toEqual([10, 50]);
    api.drain();
    expect(invoker.last.credits).toEqual([10, 50]);
  });

  it('owes nothing from the stream before', () => {
    startStream();
    api.hasRoom = false;
    slot.streamChunk(chunk(20));
    api.break();
    api.hasRoom = true;
    api.answer(invocationResponse('id-2'));
    slot.startStream('some/type', chunk(1));
    api.drain();
    expect(invoker.last.credits).toEqual([1]);
  });

  it('that breaks off is ended with the failure and logged with its request', () => {
    startStream();
    slot.endStream(FAILURE);
    expect(api.calls.at(-1)).toEqual(['endStream', FAILURE]);
    expect(lines).toEqual([expect.objectContaining({ requestId: 'id-1', errorType: 'Function.AppTimeout' })]);
  });

  it('is abandoned when the platform answers in the middle: nobody reads the rest', () => {
    startStream();
    api.answer(response(413, {}, '{"errorType":"RequestEntityTooLarge"}'));
    expect(invoker.last.isAbandoned).toBe(true);
    expect(api.sequence.slice(-2)).toEqual(['closeStream', 'next']);
    expect(lines[0]?.msg).toContain('413');
  });

  it('is abandoned when the connection breaks', () => {
    startStream();
    api.break();
    expect(invoker.last.isAbandoned).toBe(true);
    expect(api.sequence.slice(-2)).toEqual(['closeStream', 'next']);
    expect(lines).toEqual([expect.objectContaining({ requestId: 'id-1' })]);
  });
});

describe('a poll that brings no invocation', () => {
  it.each([
    ['an error of the platform', () => api.answer(response(500, {}, 'InternalServerError'))],
    ['a refusal', () => api.answer(response(403))],
    ['an answer without a request id', () => api.answer(response(200, {}, '{}'))],
    ['a broken connection', () => api.break()],
  ])('because of %s is repeated after a pause', (_, go) => {
    slot.poll();
    go();
    expect(api.polls).toBe(1);
    vi.advanceTimersByTime(20);
    expect(api.polls).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(1);
    expect(invoker.invoked).toEqual([]);
    expect(onBusy).not.toHaveBeenCalled();
  });

  it('is repeated for as long as it takes, with pauses that grow', () => {
    slot.poll();
    for (let count = 0; count < 100; count++) {
      api.break();
      vi.advanceTimersByTime(5000);
    }
    expect(api.polls).toBe(101);
    api.break();
    vi.advanceTimersByTime(2000);
    expect(api.polls).toBe(101);
  });

  it('is repeated quickly again after one that did', () => {
    slot.poll();
    for (let count = 0; count < 20; count++) {
      api.break();
      vi.advanceTimersByTime(5000);
    }
    api.answer(FIRST);
    slot.respond(BODY);
    api.answer(ACCEPTED);
    const polls = api.polls;
    api.break();
    vi.advanceTimersByTime(20);
    expect(api.polls).toBe(polls + 1);
  });
});

it('a poll that had been parked for long is repeated quickly, however many failed before it', () => {
  slot.poll();
  for (let count = 0; count < 20; count++) {
    api.break();
    vi.advanceTimersByTime(5000);
  }
  vi.advanceTimersByTime(60_000);
  const { polls } = api;
  api.break();
  vi.advanceTimersByTime(20);
  expect(api.polls).toBe(polls + 1);
});

it('what the app answered with a failing status is not in the log', () => {
  slot.poll();
  api.answer(FIRST);
  slot.fail({ errorType: 'Function.AppErrorStatus', errorMessage: '{"statusCode":500,"body":"card 4111"}' });
  expect(JSON.stringify(lines)).toContain('Function.AppErrorStatus');
  expect(JSON.stringify(lines)).not.toContain('4111');
});

describe('a slot that is stopped', () => {
  it('gives up its poll and does not poll again', () => {
    slot.poll();
    slot.stop();
    expect(api.sequence).toEqual(['next', 'close']);
    vi.advanceTimersByTime(60_000);
    expect(api.polls).toBe(1);
  });

  it('finishes what is under way first', () => {
    serveFirst();
    slot.stop();
    expect(api.sequence).toEqual(['next']);
    slot.respond(BODY);
    api.answer(ACCEPTED);
    expect(api.sequence).toEqual(['next', 'respond', 'close']);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it('does not come back from the pause after a failed poll', () => {
    slot.poll();
    api.break();
    slot.stop();
    vi.advanceTimersByTime(60_000);
    expect(api.polls).toBe(1);
  });
});

describe('a slot that gives up what is under way', () => {
  const SHUTDOWN: Failure = { errorType: 'Runtime.Shutdown', errorMessage: 'the end' };

  it('has nothing to do when that is nothing', () => {
    slot.poll();
    slot.stop();
    slot.giveUp(SHUTDOWN);
    expect(api.sequence).toEqual(['next', 'close']);
    expect(lines).toEqual([]);
  });

  it('stops the app and reports the failure, with one line', () => {
    serveFirst();
    slot.stop();
    slot.giveUp(SHUTDOWN);
    expect(invoker.last.isAbandoned).toBe(true);
    expect(api.calls.at(-1)).toEqual(['fail', TARGET, SHUTDOWN]);
    expect(lines).toEqual([expect.objectContaining({ requestId: 'id-1', msg: 'the end' })]);
    slot.giveUp(SHUTDOWN);
    api.answer(ACCEPTED);
    expect(api.sequence).toEqual(['next', 'fail', 'close']);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it('ends a stream with the failure', () => {
    startStream();
    slot.stop();
    slot.giveUp(SHUTDOWN);
    expect(invoker.last.isAbandoned).toBe(true);
    expect(api.calls.at(-1)).toEqual(['endStream', SHUTDOWN]);
    expect(lines).toEqual([expect.objectContaining({ requestId: 'id-1' })]);
  });

  it('has said its last word when the answer is on its way, and names it', () => {
    serveFirst();
    slot.respond(BODY);
    slot.stop();
    slot.giveUp(SHUTDOWN);
    expect(api.sequence).toEqual(['next', 'respond']);
    expect(lines).toEqual([expect.objectContaining({ requestId: 'id-1' })]);
  });
});

describe('whoever watches the app is told of', () => {
  it('an invocation that failed and a stream that broke off', () => {
    serveFirst();
    slot.fail(FAILURE);
    expect(onFailure.mock.calls).toEqual([[FAILURE]]);
    api.answer(ACCEPTED);
    api.answer(FIRST);
    slot.startStream('some/type', chunk(10));
    slot.endStream(FAILURE);
    expect(onFailure).toHaveBeenCalledTimes(2);
  });

  it('no answer and no good end of a stream', () => {
    startStream();
    slot.endStream(null);
    api.answer(ACCEPTED);
    api.answer(FIRST);
    slot.respond(BODY);
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('nothing any more once the environment ends, where the app goes first', () => {
    serveFirst();
    slot.stop();
    slot.fail(FAILURE);
    expect(onFailure).not.toHaveBeenCalled();
  });
});

describe('an invocation that comes before the app is ready', () => {
  beforeEach(() => {
    gate = new AppGate(100);
    const { logger } = captureLog();
    slot = new PollSlot({
      api,
      posts: null,
      invoker,
      gate,
      logger,
      trouble: new PollTrouble(logger),
      onBusy,
      onIdle,
      onFailure,
    });
    slot.poll();
    api.answer(invocationResponse('id-1', { 'lambda-runtime-deadline-ms': String(Date.now() + 1000) }));
  });

  it('waits for it, as a busy one', () => {
    expect(invoker.invoked).toEqual([]);
    expect(onBusy).toHaveBeenCalledOnce();
    gate.open();
    expect(invoker.last.invocation.requestId).toBe('id-1');
    vi.advanceTimersByTime(60_000);
    expect(api.sequence).toEqual(['next']);
  });

  it('fails shortly before its deadline if the app does not come', () => {
    vi.advanceTimersByTime(900);
    expect(api.calls.at(-1)).toEqual([
      'fail',
      expect.anything(),
      expect.objectContaining({ errorType: 'Function.AppNotReady' }),
    ]);
    gate.open();
    expect(invoker.invoked).toEqual([]);
  });

  it('is not handed over any more when it has been given up', () => {
    slot.stop();
    slot.giveUp(FAILURE);
    expect(api.sequence).toEqual(['next', 'fail']);
    gate.open();
    expect(invoker.invoked).toEqual([]);
  });
});
