import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '../../../src/shared/config.ts';
import { portOf } from '../../helpers/raw-server.ts';
import type { RunClient } from './clients.ts';
import type { Outcome } from './outcome.ts';
import type { Sent } from './sent-responses.ts';

/** Turns of the event loop in which what one socket of this process has written is nearly always read by the other. */
const TURNS = 12;

/** Of a machine that is busy with other things. */
const PATIENCE_MS = 100;

export interface Observed {
  readonly outcome: Outcome;
  /** Whether the connection is still open. */
  readonly isKept: boolean;
}

/** An app that answers each connection with the bytes it is told. */
export interface ByteApp {
  readonly observe: (sent: Sent, run: RunClient, isPatient?: boolean) => Promise<Observed>;
  readonly close: () => Promise<void>;
}

export async function startByteApp(): Promise<ByteApp> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: Address = { host: '127.0.0.1', port: portOf(server) };
  return {
    observe: async (sent, run, isPatient = false) => {
      const connected = once(server, 'connection');
      const { outcome, close } = run(address, sent.method);
      const [socket]: Socket[] = await connected;
      if (socket === undefined) throw new Error('a connection comes with its socket');
      const observed = await answer(socket, sent, outcome, isPatient);
      close();
      socket.destroy();
      return observed;
    },
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  socket: Socket,
  { pieces, closes }: Sent,
  outcome: Promise<Outcome>,
  isPatient: boolean,
): Promise<Observed> {
  let isKept = true;
  const ended = (): void => void (isKept = false);
  socket
    .setNoDelay(true)
    .on('error', () => {})
    .once('end', ended)
    .once('close', ended);
  await once(socket, 'data');
  socket.resume();
  for (const piece of pieces) {
    socket.write(piece);
    await turns(2);
  }
  if (closes) socket.end();
  const settle = () => (isPatient ? sleep(PATIENCE_MS) : turns(TURNS));
  const settled = await Promise.race([outcome, settle().then((): Outcome => ({ kind: 'waits' }))]);
  await settle();
  return { outcome: settled, isKept };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
