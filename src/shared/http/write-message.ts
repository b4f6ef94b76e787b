import type { Socket } from 'node:net';

/** A body up to this is copied behind its head: cheaper than a write of two pieces. */
const SMALL_BYTES = 16 * 1024;

/** Writes head and body of a message at once. @param head one character per byte */
export function writeMessage(socket: Socket, head: string, body: Uint8Array | null): void {
  if (body === null) {
    socket.write(head, 'latin1');
  } else if (body.byteLength <= SMALL_BYTES) {
    socket.write(joined(head, body));
  } else {
    socket.cork();
    socket.write(head, 'latin1');
    socket.write(body);
    socket.uncork();
  }
}

function joined(head: string, body: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(head.length + body.byteLength);
  message.write(head, 0, 'latin1');
  message.set(body, head.length);
  return message;
}
