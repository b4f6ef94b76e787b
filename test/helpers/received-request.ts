/** One request as the app got it. Text is one character per byte (latin1): exactly what was on the wire. */
export interface ReceivedRequest {
  readonly raw: Buffer;
  readonly method: string;
  readonly target: string;
  /** Header lines in their order, names in the spelling of the wire. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** From `x-amzn-lambda-context`; null for a readiness probe, which has none. */
  readonly requestId: string | null;
}

/**
 * Takes the first request off the bytes of a connection; null when it is not complete yet.
 *
 * It accepts what the adapter may send and nothing else: a malformed line or a chunked body is an error.
 */
export function takeRequest(bytes: Buffer): { readonly request: ReceivedRequest; readonly rest: Buffer } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const [, method, target] = /^([!#$%&'*+.^_`|~\w-]+) ([\x21-\x7e]+) HTTP\/1\.1$/.exec(requestLine) ?? [];
  if (method === undefined || target === undefined) throw new Error(`malformed request line: ${requestLine}`);
  const headers = lines.map(readLine);
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? '0';
  if (!/^\d+$/.test(length)) throw new Error(`malformed content-length: ${length}`);
  if (headers.some(([name]) => name.toLowerCase() === 'transfer-encoding')) throw new Error('the body is chunked');
  const end = headEnd + 4 + Number(length);
  if (bytes.length < end) return null;
  const raw = Buffer.from(bytes.subarray(0, end));
  const request = { raw, method, target, headers, body: raw.subarray(headEnd + 4), requestId: requestIdOf(headers) };
  return { request, rest: bytes.subarray(end) };
}

/** The values of a header, one per line. */
export function valuesOf(request: ReceivedRequest, name: string): string[] {
  return request.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** The value of a header that is there exactly once, its bytes read as UTF-8. */
export function valueOf(request: ReceivedRequest, name: string): string {
  const [value, ...more] = valuesOf(request, name);
  if (value === undefined || more.length > 0) throw new Error(`${more.length + 1} lines of ${name}`);
  return Buffer.from(value, 'latin1').toString('utf8');
}

function readLine(line: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+): ([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`malformed header line: ${JSON.stringify(line)}`);
  return [name, value];
}

function requestIdOf(headers: ReceivedRequest['headers']): string | null {
  const context = headers.find(([name]) => name === 'x-amzn-lambda-context')?.[1];
  if (context === undefined) return null;
  const { request_id: requestId }: { request_id?: unknown } = JSON.parse(context);
  return typeof requestId === 'string' ? requestId : null;
}
