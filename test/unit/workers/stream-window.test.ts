import { expect, onTestFinished, test } from 'vitest';
import {
  connectionClosed,
  connectionOpened,
  NARROWEST_WINDOW_BYTES,
  WIDEST_WINDOW_BYTES,
} from '../../../src/workers/stream-budget.ts';
import { StreamWindow } from '../../../src/workers/stream-window.ts';

test.each([
  { connections: 0, bytes: WIDEST_WINDOW_BYTES },
  { connections: 4, bytes: WIDEST_WINDOW_BYTES },
  { connections: 16, bytes: 512 * 1024 },
  { connections: 64, bytes: NARROWEST_WINDOW_BYTES },
  { connections: 200, bytes: NARROWEST_WINDOW_BYTES },
])(
  'with $connections connections the app is paused once, when $bytes bytes are on their way, and resumed once, when half of them are',
  ({ connections, bytes }) => {
    for (let count = 0; count < connections; count++) {
      connectionOpened();
      onTestFinished(connectionClosed);
    }
    const window = new StreamWindow();
    const half = bytes / 2;
    expect(window.send(half)).toBe(false);
    expect(window.send(half)).toBe(true);
    expect(window.send(10)).toBe(false);
    expect(window.credit(half)).toBe(false);
    expect(window.credit(10)).toBe(true);
    expect(window.credit(half)).toBe(false);
    expect(window.send(bytes)).toBe(true);
  },
);
