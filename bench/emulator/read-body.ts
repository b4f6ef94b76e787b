import type { IncomingMessage } from 'node:http';

export interface BodyReader {
  onData(chunk: Buffer): void;
  /** The whole body has arrived, trailers included. */
  onEnd(): void;
  /** The connection broke before that. */
  onCut(): void;
}

/** Reads a body by callbacks: a promise and an iterator per request would cost more than all the rest of an invocation. */
export function readBody(request: IncomingMessage, reader: BodyReader): () => void {
  let open = true;
  request.on('data', (chunk: Buffer) => {
    if (open) reader.onData(chunk);
  });
  request.on('end', () => {
    if (!open) return;
    open = false;
    reader.onEnd();
  });
  request.on('close', () => {
    if (!open) return;
    open = false;
    reader.onCut();
  });
  return () => {
    open = false;
    // The rest is thrown away, so that the connection stays usable for the client's next call.
    request.resume();
  };
}

/** Calls back with the body, with its size so far when it is over `limit` bytes, or not at all when the client hung up. */
export function readWhole(
  request: IncomingMessage,
  limit: number,
  onBody: (body: Buffer) => void,
  onTooLarge: (bytes: number) => void,
  onCut: () => void = () => {},
): () => void {
  const parts: Buffer[] = [];
  let bytes = 0;
  const stop = readBody(request, {
    onData(chunk) {
      bytes += chunk.length;
      parts.push(chunk);
      if (bytes > limit) refuse(bytes);
    },
    onEnd() {
      const [first] = parts;
      onBody(first !== undefined && parts.length === 1 ? first : Buffer.concat(parts, bytes));
    },
    onCut,
  });
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) refuse(declared);
  return stop;

  function refuse(size: number): void {
    stop();
    onTooLarge(size);
  }
}
