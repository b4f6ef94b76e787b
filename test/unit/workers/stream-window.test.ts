import { expect, test } from 'vitest';
import { STREAM_WINDOW_BYTES } from '../../../src/shared/protocol.ts';
import { StreamWindow } from '../../../src/workers/stream-window.ts';

test('the app is paused once, when the window is full, and resumed once, when half of it is free', () => {
  const window = new StreamWindow();
  const half = STREAM_WINDOW_BYTES / 2;
  expect(window.send(half)).toBe(false);
  expect(window.send(half)).toBe(true);
  expect(window.send(10)).toBe(false);
  expect(window.credit(half)).toBe(false);
  expect(window.credit(10)).toBe(true);
  expect(window.credit(half)).toBe(false);
  expect(window.send(STREAM_WINDOW_BYTES)).toBe(true);
});
