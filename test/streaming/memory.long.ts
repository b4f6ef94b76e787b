import { describe, expect, test } from 'vitest';
import { startAdapter, type AdapterOptions } from '../helpers/adapter.ts';
import { streamingModes } from './modes.ts';
import { readSlowly } from './slow-readers.ts';

const MIB = 1024 * 1024;
/** Most that 64 streams may add to the adapter's resident memory, in MiB, by coding. */
const LIMITS = { plain: 64, gzip: 64, br: 128, zstd: 88 } as const;

describe('64 streams of 64 MiB each to readers slower than the app', () => {
  test.each(Object.entries(LIMITS))('%s: stay within %i MiB of memory', async (coding, limit) => {
    const adapter = await startAdapter(options());
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

function options(): AdapterOptions {
  const [, found] = streamingModes({ AWS_LWA_ENABLE_COMPRESSION: 'true' })[1] ?? [];
  if (found === undefined) throw new Error('no such mode');
  return { ...found, emulator: { ...found.emulator, timeoutMs: 600_000 } };
}
