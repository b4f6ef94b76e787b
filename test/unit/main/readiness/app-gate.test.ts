import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppGate } from '../../../../src/main/readiness/app-gate.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a gate is closed until it is opened, and lets everyone through who waited', () => {
  const gate = new AppGate(100);
  const waiters = [vi.fn(), vi.fn()];
  for (const waiter of waiters) gate.wait(0, waiter);
  expect(gate.isOpen).toBe(false);
  gate.open();
  expect(gate.isOpen).toBe(true);
  for (const waiter of waiters) expect(waiter.mock.calls).toEqual([[null]]);
});

it('a gate answers a waiter the margin before its deadline, and only that one', () => {
  const gate = new AppGate(100);
  const hurried = vi.fn();
  const patient = vi.fn();
  gate.wait(1_001_000, hurried);
  gate.wait(1_009_000, patient);
  vi.advanceTimersByTime(899);
  expect(hurried).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(hurried.mock.calls).toEqual([[expect.objectContaining({ errorType: 'Function.AppNotReady' })]]);
  expect(patient).not.toHaveBeenCalled();
});

it('a gate answers each waiter once', () => {
  const gate = new AppGate(0);
  const late = vi.fn();
  const early = vi.fn();
  gate.wait(1_000_010, late);
  vi.advanceTimersByTime(10);
  gate.wait(1_000_100, early);
  gate.open();
  vi.advanceTimersByTime(1000);
  expect(late).toHaveBeenCalledOnce();
  expect(early).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('a gate tells everyone who waits why the app will not come', () => {
  const gate = new AppGate(0);
  const failure = { errorType: 'Function.AppNotReady', errorMessage: 'nothing listens' } as const;
  const waiter = vi.fn();
  gate.wait(0, waiter);
  gate.fail(failure);
  expect(waiter.mock.calls).toEqual([[failure]]);
  expect(gate.isOpen).toBe(false);
});

it('a gate lets a waiter wait for the next one', () => {
  const gate = new AppGate(0);
  const next = vi.fn();
  gate.wait(0, () => {
    expect(gate.isOpen).toBe(true);
    next();
  });
  gate.open();
  expect(next).toHaveBeenCalledOnce();
});
