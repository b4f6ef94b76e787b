import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IdleConnections, type Idle } from '../../../../src/workers/upstream/idle-connections.ts';

let idle: IdleConnections<FakeConnection>;
let closed: string[];

class FakeConnection implements Idle {
  idleUntil = 0;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** As a connection does: whoever keeps it hears of it. */
  close(): void {
    closed.push(this.name);
    idle.remove(this);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  idle = new IdleConnections();
  closed = [];
});

afterEach(() => {
  vi.useRealTimers();
});

function add(name: string, forMs: number): FakeConnection {
  const connection = new FakeConnection(name);
  idle.add(connection, forMs);
  return connection;
}

test('there is nothing to take at first', () => {
  expect([idle.isEmpty, idle.take()]).toEqual([true, null]);
});

test('the last to come is the first to be taken, and each only once', () => {
  for (const name of ['a', 'b', 'c']) add(name, 1000);
  expect(idle.isEmpty).toBe(false);
  expect([idle.take()?.name, idle.take()?.name, idle.take()?.name, idle.take()]).toEqual(['c', 'b', 'a', null]);
  expect([idle.isEmpty, closed]).toEqual([true, []]);
});

test('each is closed when its time is over, and no sooner', () => {
  add('a', 1000);
  vi.advanceTimersByTime(600);
  add('b', 1000);
  vi.advanceTimersByTime(399);
  expect(closed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(closed).toEqual(['a']);
  vi.advanceTimersByTime(599);
  expect(closed).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect([closed, idle.isEmpty]).toEqual([['a', 'b'], true]);
});

test('one with less time than those before it is closed in its time', () => {
  add('a', 1000);
  add('b', 300);
  add('c', 600);
  for (const [ms, all] of [
    [299, []],
    [1, ['b']],
    [300, ['b', 'c']],
    [400, ['b', 'c', 'a']],
  ] as const) {
    vi.advanceTimersByTime(ms);
    expect(closed).toEqual(all);
  }
  expect(vi.getTimerCount()).toBe(0);
});

test('no timer is left when none waits, and there is one again for the next', () => {
  add('a', 1000);
  vi.advanceTimersByTime(1000);
  expect(vi.getTimerCount()).toBe(0);
  add('b', 1000);
  vi.advanceTimersByTime(1000);
  expect(closed).toEqual(['a', 'b']);
});

test('one that was taken is not closed when its time would be over', () => {
  add('a', 1000);
  idle.take();
  vi.advanceTimersByTime(5000);
  expect([closed, vi.getTimerCount()]).toEqual([[], 0]);
});

test('one whose time is over is not used, though no timer has fired: the process may have been frozen', () => {
  add('a', 5000);
  for (const name of ['b', 'c']) add(name, 1000);
  // Time passes without timers.
  vi.setSystemTime(Date.now() + 1000);
  const now = performance.now() + 1000;
  vi.spyOn(performance, 'now').mockReturnValue(now);
  expect(idle.take()?.name).toBe('a');
  expect([closed, idle.isEmpty]).toEqual([['c', 'b'], true]);
  vi.restoreAllMocks();
});

test('one that has closed itself is forgotten; of others there is nothing to forget', () => {
  const a = add('a', 1000);
  add('b', 1000);
  idle.remove(a);
  idle.remove(a);
  idle.remove(new FakeConnection('c'));
  expect([idle.take()?.name, idle.take()]).toEqual(['b', null]);
});

test('all are closed at the end, and their timer is gone', () => {
  for (const name of ['a', 'b']) add(name, 1000);
  idle.closeAll();
  expect([closed, idle.isEmpty, vi.getTimerCount()]).toEqual([['a', 'b'], true, 0]);
  idle.closeAll();
  add('c', 1000);
  vi.advanceTimersByTime(1000);
  expect(closed).toEqual(['a', 'b', 'c']);
});
