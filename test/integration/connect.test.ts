import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished, expect, test } from 'vitest';
import { connectToApp } from '../../src/workers/upstream/connect.ts';

/** Listens, and from then on is stopped: the kernel completes a few connections for it and lets the others wait. */
const STOPPED_SERVER = `
  require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    console.log(this.address().port);
    process.kill(process.pid, 'SIGSTOP');
  });
`;

function open(port: number, timeoutMs?: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const onread = { buffer: Buffer.alloc(1024), callback: () => true };
    const socket = connectToApp({ host: '127.0.0.1', port }, onread, timeoutMs);
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

test('a connection that is neither accepted nor refused is given up', async () => {
  const server = spawn(process.execPath, ['-e', STOPPED_SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const fillers: Socket[] = [];
  onTestFinished(() => {
    server.kill('SIGKILL');
    for (const socket of fillers) socket.destroy();
  });
  const [line] = await once(server.stdout, 'data');
  const port = Number(line);
  for (let count = 0; count < 4; count++) fillers.push(connect(port, '127.0.0.1').on('error', () => {}));
  await expect(open(port, 300)).rejects.toMatchObject({ name: 'ConnectTimeoutError', code: 'ETIMEDOUT' });
});
