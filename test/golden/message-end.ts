/** Where the first HTTP/1.1 message of these bytes ends; null when it is not complete yet. */
export function messageEnd(bytes: Buffer): number | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const head = bytes.toString('latin1', 0, headEnd + 2);
  const bodyStart = headEnd + 4;
  if (/\r\ntransfer-encoding: chunked\r\n/.test(head)) return chunksEnd(bytes, bodyStart);
  const end = bodyStart + Number(/\r\ncontent-length: (\d+)\r\n/.exec(head)?.[1] ?? 0);
  return bytes.length < end ? null : end;
}

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
function chunksEnd(bytes: Buffer, start: number): number | null {
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    // The last chunk, then trailer lines up to an empty one: its own line end may be half of that.
    if (size === 0) {
      const end = bytes.indexOf('\r\n\r\n', lineEnd);
      return end === -1 ? null : end + 4;
    }
    at = lineEnd + 2 + size + 2;
  }
}
