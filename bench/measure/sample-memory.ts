import { readMemory } from './memory.ts';

export interface MemorySample {
  /** Milliseconds since the sampling began. */
  readonly atMs: number;
  /** In MB of 1024 × 1024 bytes. */
  readonly residentMb: number;
}

const INTERVAL_MS = 100;
const MEGABYTE = 1024 * 1024;

/** Reads the resident memory of a process at once and then every 100 ms; the result ends that and gives what was read. */
export function sampleMemory(pid: number): () => MemorySample[] {
  const start = performance.now();
  const samples: MemorySample[] = [];
  const read = (): void => {
    const residentMb = readMemory(pid).residentBytes / MEGABYTE;
    samples.push({ atMs: Math.round(performance.now() - start), residentMb });
  };
  read();
  const timer = setInterval(() => {
    try {
      read();
    } catch {
      // The process has ended: the load finds that out, and says so better.
      clearInterval(timer);
    }
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return samples;
  };
}
