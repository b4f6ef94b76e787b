import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EnvironmentProcess } from '../../../bench/emulator/environment-process.ts';

/** @throws {Error} The process has ended, with its last lines. */
export async function untilListening(port: number, server: EnvironmentProcess): Promise<void> {
  let ended = false;
  void server.exited.then(() => (ended = true));
  while (!(await listens(port))) {
    if (ended) throw new Error(`nothing will listen on ${port}:\n${server.lastLines.join('\n')}`);
    await sleep(10);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
