import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../../../src/shared/errors.ts';
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

function explain(): Failure {
  return { errorType: 'Function.AppConnectionRefused', errorMessage: `at ${Date.now()}` };
}

describe('a gate that is closed again', () => {
  let gate: AppGate;

  beforeEach(() => {
    gate = new AppGate(100);
    gate.open();
    gate.close({ untilMs: 1_002_000, explain });
  });

  it('lets nobody through until it is opened', () => {
    const waiter = vi.fn();
    expect(gate.isOpen).toBe(false);
    gate.wait(0, waiter);
    gate.open();
    expect(waiter.mock.calls).toEqual([[null]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds for a limited time from when it was closed, and says why as things are then', () => {
    const early = vi.fn();
    const late = vi.fn();
    gate.wait(0, early);
    vi.advanceTimersByTime(1500);
    gate.wait(0, late);
    vi.advanceTimersByTime(499);
    expect(early).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    const failure = { errorType: 'Function.AppConnectionRefused', errorMessage: 'at 1002000' };
    expect([early.mock.calls, late.mock.calls]).toEqual([[[failure]], [[failure]]]);
  });

  it('fails at once after that time, until it is opened', () => {
    vi.advanceTimersByTime(60_000);
    const waiter = vi.fn();
    gate.wait(0, waiter);
    vi.advanceTimersByTime(0);
    expect(waiter.mock.calls).toEqual([[expect.objectContaining({ errorMessage: 'at 1060000' })]]);
  });

  it('fails before the deadline when that comes first', () => {
    const waiter = vi.fn();
    gate.wait(1_000_600, waiter);
    vi.advanceTimersByTime(499);
    expect(waiter).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(waiter).toHaveBeenCalledOnce();
  });
});
