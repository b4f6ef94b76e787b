import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Speaks to the emulator over real sockets, one call at a time per connection, as a runtime or an extension does. */
export class PlatformClient {
  readonly #address: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(address: string) {
    this.#address = address;
  }

  call(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
    const [host, port] = this.#address.split(':');
    return new Promise((resolve, reject) => {
      const sent = request({ host, port, method, path, headers, agent: this.#agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  register(name: string, body: string): Promise<Answer> {
    return this.call('POST', '/2020-01-01/extension/register', { 'Lambda-Extension-Name': name }, body);
  }

  /** Registers and returns the identifier as the header that further calls need. */
  async registered(name: string, events: readonly string[]): Promise<Record<string, string>> {
    const { headers } = await this.register(name, JSON.stringify({ events }));
    return { 'Lambda-Extension-Identifier': String(headers['lambda-extension-identifier']) };
  }

  nextEvent(extension: Record<string, string>): Promise<Answer> {
    return this.call('GET', '/2020-01-01/extension/event/next', extension);
  }

  next(): Promise<Answer> {
    return this.call('GET', '/2018-06-01/runtime/invocation/next');
  }

  respond(requestId: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', `/2018-06-01/runtime/invocation/${requestId}/response`, headers, body);
  }

  fail(requestId: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', `/2018-06-01/runtime/invocation/${requestId}/error`, headers, body);
  }

  /** A `/response` under the test's control: bytes are written as given, and the answer arrives whenever it does. */
  post(requestId: string, headers: readonly string[]): RawPost {
    return new RawPost(this.#address, requestId, headers);
  }

  close(): void {
    this.#agent.destroy();
  }
}

export class RawPost {
  readonly #socket;
  readonly answer: Promise<string>;
  /** The server has begun to read: asked for with `Expect: 100-continue`. */
  readonly continued = Promise.withResolvers<void>();

  constructor(address: string, requestId: string, headers: readonly string[]) {
    const [host, port] = address.split(':');
    this.#socket = connect({ host: host ?? '', port: Number(port), noDelay: true });
    let text = '';
    this.answer = new Promise((resolve) => {
      this.#socket.on('data', (chunk) => {
        text += chunk.toString();
        if (text.startsWith('HTTP/1.1 100 ')) this.continued.resolve();
        if (text.includes('}')) resolve(text);
      });
      this.#socket.on('close', () => resolve(text));
      this.#socket.on('error', () => {});
    });
    const head = [`POST /2018-06-01/runtime/invocation/${requestId}/response HTTP/1.1`, 'Host: x', ...headers];
    this.#socket.write(`${head.join('\r\n')}\r\n\r\n`);
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  chunk(text: string): void {
    this.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
  }

  /** Ends the body of a chunked post. */
  end(trailers: readonly string[] = []): void {
    this.write(['0', ...trailers, '', ''].join('\r\n'));
  }

  /** Bytes that the other side does not take any more: the backlog once it has stopped changing. */
  async stalledBytes(): Promise<number> {
    for (let before = -1; before !== this.#socket.writableLength;) {
      before = this.#socket.writableLength;
      await sleep(50);
    }
    return this.#socket.writableLength;
  }

  /** Ends the sending side of the connection. */
  halfClose(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

export function requestIdOf({ headers }: Answer): string {
  return String(headers['lambda-runtime-aws-request-id']);
}

export function errorTypeOf({ text }: Answer): string {
  const body: unknown = JSON.parse(text);
  return typeof body === 'object' && body !== null && 'errorType' in body ? String(body.errorType) : '';
}
