import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What the app does with a request, given its head and the connection it came on. */
export type Script = (request: string, socket: Socket) => void;

/** A web app that does on its socket exactly what a test tells it to, also what no HTTP server would. */
export class ScriptedApp {
  readonly requests: string[] = [];
  /** Connections that the client has closed. */
  disconnects = 0;
  script: Script = (_request, socket) => socket.write(response('ok'));
  /** May take a connection over. */
  onConnection: (socket: Socket) => void = () => {};
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async start(port = 0): Promise<ScriptedApp> {
    const server = createServer();
    const app = new ScriptedApp(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return app;
  }

  get address(): { host: string; port: number } {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server that listens has such an address
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port };
  }

  get connections(): number {
    return this.#sockets.size;
  }

  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Accepts no more connections. */
  refuse(): void {
    this.#server.close();
  }

  async stop(): Promise<void> {
    this.dropConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    let received = '';
    socket.on('data', (data) => {
      received += data.toString('latin1');
      for (let end = endOfRequest(received); end !== -1; end = endOfRequest(received)) {
        const request = received.slice(0, end);
        received = received.slice(end);
        this.requests.push(request);
        this.script(request, socket);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.disconnects++;
    });
    this.onConnection(socket);
  }
}

/** A complete response with the usual headers. */
export function response(body: string, headers = 'content-type: text/plain\r\n'): string {
  return `HTTP/1.1 200 OK\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function endOfRequest(received: string): number {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return -1;
  const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1] ?? '0';
  const end = headEnd + 4 + Number(length);
  return received.length < end ? -1 : end;
}
