import { freePortFrom } from '../../../bench/dev/ports.ts';

/** Below what the system picks from; a process of a test run takes less than this. */
const RANGE = 200;

/**
 * Test files that run at the same time must not share a range: the port of an app is free while the emulator starts it again.
 * Those of one pool worker run one after the other, and begin at different places for the sake of other test runs.
 */
let next = 20_000 + RANGE * (30 * (Number(process.env['VITEST_POOL_ID'] ?? 0) % 2) + (process.pid % 28));

export async function nextPort(): Promise<number> {
  const port = await freePortFrom(next, null);
  next = port + 1;
  return port;
}
