import { createServer, type Server, type Socket } from 'node:net';
import { portOf } from './port-of.ts';
import { takeRequest, type ReceivedRequest } from './received-request.ts';

/** Decides what happens on the connection after a request. It may take its time and write in parts. */
export type Script = (request: ReceivedRequest, connection: AppConnection) => void | Promise<void>;

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: readonly (readonly [name: string, value: string | Buffer])[];
  /** Sent with its `content-length` unless the headers have one or say that it is chunked. */
  readonly body?: string | Uint8Array;
}

/** The app's end of one connection. */
export class AppConnection {
  readonly socket: Socket;
  /** Requests that have come over it. */
  served = 0;
  /** The last one has not been answered. */
  isOpen = false;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  /** Writes bytes as they are; text is one character per byte. False when the peer does not take them yet. */
  write(bytes: string | Uint8Array): boolean {
    return typeof bytes === 'string' ? this.socket.write(bytes, 'latin1') : this.socket.write(bytes);
  }

  /** Sends a head, with the body that it has. */
  answer({ status = 200, headers = [], body = '' }: ScriptedAnswer): void {
    this.isOpen = false;
    const bytes = Buffer.from(body);
    const lines = headers.map(([name, value]) => Buffer.concat([Buffer.from(`${name}: `), Buffer.from(value), CRLF]));
    const isFramed = headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
    if (!isFramed && status !== 204 && status !== 304) lines.push(Buffer.from(`content-length: ${bytes.length}\r\n`));
    this.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Scripted\r\n`), ...lines, CRLF, bytes]));
  }

  /** One chunk of a chunked body. */
  chunk(text: string | Uint8Array): boolean {
    const bytes = Buffer.from(text);
    return this.write(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, CRLF]));
  }

  /** Closes in good order after what was written. */
  end(): void {
    this.socket.end();
  }

  /** Breaks the connection with RST. */
  reset(): void {
    this.socket.resetAndDestroy();
  }
}

const CRLF = Buffer.from('\r\n');

/** Answers with what it got, so that a crossed answer shows. */
const echo: Script = ({ method, target, body }, connection) => {
  connection.answer({
    headers: [['content-type', 'application/json']],
    body: JSON.stringify({ method, target, body: body.toString('utf8') }),
  });
};

const healthy: Script = (_request, connection) => connection.answer({ body: 'ready' });

/** A web app of raw sockets: it records each request byte for byte and answers with whatever bytes a test wants. */
export class ScriptedApp {
  readonly requests: ReceivedRequest[] = [];
  /** Readiness probes that have come. */
  probes = 0;
  /** What was wrong with requests that are not HTTP as the adapter must send it. */
  readonly complaints: string[] = [];
  /** Answers a readiness probe. */
  probe: Script = healthy;
  /** Answers whatever no route does. */
  script: Script = echo;
  readonly #routes = new Map<string, Script>();
  readonly #connections = new Set<AppConnection>();
  readonly #waiters = new Set<() => void>();
  #server: Server | null = null;
  #port = 0;

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Listens on a free port, later on the same again. */
  async listen(): Promise<void> {
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = portOf(server);
  }

  /** Stops as a dying process does: connections break, new ones are refused. */
  async die(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const connection of this.#connections) connection.reset();
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  /** Accepts no connection any more. Those on which a request is still to be answered stay. */
  async refuse(): Promise<void> {
    for (const connection of this.#connections) if (!connection.isOpen) connection.reset();
    const server = this.#server;
    this.#server = null;
    // It is closed for good when the last connection is; from now on it accepts none.
    server?.close();
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Requests whose path begins like this are answered by this script. */
  route(pathStart: string, script: Script): void {
    this.#routes.set(pathStart, script);
  }

  /** Resolves when `count` requests that fulfil the condition have come, with them. */
  async received(condition: (request: ReceivedRequest) => boolean, count = 1): Promise<readonly ReceivedRequest[]> {
    for (;;) {
      const found = this.requests.filter((request) => condition(request));
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => this.#waiters.add(resolve));
    }
  }

  /** The only request of an invocation. */
  requestOf(requestId: string): ReceivedRequest {
    const found = this.requests.filter((request) => request.requestId === requestId);
    const [request] = found;
    if (request === undefined || found.length > 1) throw new Error(`${found.length} requests for ${requestId}`);
    return request;
  }

  #accept(socket: Socket): void {
    const connection = new AppConnection(socket);
    this.#connections.add(connection);
    socket.setNoDelay(true);
    socket.on('close', () => this.#connections.delete(connection));
    socket.on('error', () => socket.destroy());
    let held: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      try {
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        for (let taken = takeRequest(held); taken !== null; taken = takeRequest(held)) {
          held = taken.rest;
          this.#serve(taken.request, connection);
        }
      } catch (error) {
        this.#complain(error, socket);
      }
    });
  }

  #serve(request: ReceivedRequest, connection: AppConnection): void {
    connection.served++;
    connection.isOpen = true;
    if (request.requestId === null) {
      this.probes++;
      void this.#run(this.probe, request, connection);
    } else {
      this.requests.push(request);
      void this.#run(this.#scriptFor(request.target), request, connection);
    }
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const resolve of waiters) resolve();
  }

  async #run(script: Script, request: ReceivedRequest, connection: AppConnection): Promise<void> {
    try {
      await script(request, connection);
    } catch (error) {
      this.#complain(error, connection.socket);
    }
  }

  #complain(error: unknown, socket: Socket): void {
    this.complaints.push(String(error));
    socket.destroy();
  }

  #scriptFor(target: string): Script {
    for (const [start, script] of this.#routes) if (target.startsWith(start)) return script;
    return this.script;
  }
}

export async function startApp(script: Script = echo): Promise<ScriptedApp> {
  const app = new ScriptedApp();
  app.script = script;
  await app.listen();
  return app;
}
