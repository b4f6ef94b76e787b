import { createServer } from 'node:net';
import { codeOf } from '../../src/shared/errors.ts';

/** The first free port at or after `first`, leaving out `reserved`. */
export async function freePortFrom(first: number, reserved: number | null): Promise<number> {
  for (let port = first; port <= 65_535; port++) {
    if (port !== reserved && (await isFree(port))) return port;
  }
  throw new Error(`no port from ${first} on is free. Pass a lower one with --port, or --port 0 for any`);
}

export async function anyFreePort(): Promise<number> {
  const port = await tryListen(0);
  if (port === null) throw new Error('no port is free on this machine');
  return port;
}

export async function isFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== null;
}

/** The port listened on, or null if it is taken. Without a host it meets listeners on any address, IPv6 and IPv4. */
function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'EADDRINUSE') resolve(null);
      else if (code === 'EACCES')
        reject(new Error(`this user may not listen on port ${port}. Pass another with --port`));
      else reject(error);
    });
    server.listen(port, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
