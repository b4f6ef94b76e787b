import { describe, expect, test } from 'vitest';
import { startAdapter } from '../helpers/adapter.ts';
import { manyStreams } from './modes.ts';
import { readSlowly } from './slow-readers.ts';

const MIB = 1024 * 1024;
/** Coding, worker threads, and the most that 64 streams may add to the adapter's resident memory, in MiB. */
const LIMITS = [
  ['plain', '0', 64],
  ['plain', '1', 64],
  ['gzip', '1', 64],
  ['br', '1', 128],
  ['zstd', '1', 88],
] as const;

describe('64 streams of 64 MiB each to readers slower than the app', () => {
  test.each(LIMITS)('%s, %s worker threads: stay within %i MiB of memory', async (coding, workers, limit) => {
    const many = manyStreams(workers, { AWS_LWA_ENABLE_COMPRESSION: 'true' });
    const adapter = await startAdapter({ ...many, emulator: { ...many.emulator, timeoutMs: 600_000 } });
    const outcome = await readSlowly(adapter, {
      streams: 64,
      bytes: 64 * MIB,
      pauseMs: coding === 'plain' ? 25 : 20,
      ...(coding !== 'plain' && { acceptEncoding: coding }),
    });
    console.log(
      `${coding}: ${outcome.growthMib.toFixed(0)} MiB more, ${outcome.seconds.toFixed(0)} s, ${Math.round(outcome.received / MIB)} MiB received`,
    );
    expect(outcome.growthMib).toBeLessThan(limit);
  });
});
