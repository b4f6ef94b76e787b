import { freePortFrom } from '../../../bench/dev/ports.ts';

/** Below what the system picks from; each process of a test run has a range of its own. */
let next = 20_000 + 300 * (process.pid % 40);

export async function nextPort(): Promise<number> {
  const port = await freePortFrom(next, null);
  next = port + 1;
  return port;
}
