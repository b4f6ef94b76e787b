import { expect, onTestFinished, test } from 'vitest';
import { STREAM_WINDOW_BYTES, WIDE_STREAM_WINDOW_BYTES } from '../../../src/shared/protocol.ts';
import { connectionClosed, connectionOpened, FEW_CONNECTIONS } from '../../../src/workers/memory-for-speed.ts';
import { StreamWindow } from '../../../src/workers/stream-window.ts';

test.each([
  { connections: FEW_CONNECTIONS, bytes: WIDE_STREAM_WINDOW_BYTES },
  { connections: FEW_CONNECTIONS + 1, bytes: STREAM_WINDOW_BYTES },
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
