import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readMemory } from '../measure/memory.ts';

/** What a process holds at one moment. */
export interface ProcessSample {
  /** On the clock of `performance.now()`. */
  readonly atMs: number;
  readonly residentBytes: number;
  readonly threads: number;
  readonly descriptors: number;
  /** Of the descriptors. */
  readonly sockets: number;
}

/** @throws Error when there is no such process. */
export function sampleProcess(pid: number): ProcessSample {
  const folder = `/proc/${pid}/fd`;
  const descriptors = readdirSync(folder);
  return {
    atMs: performance.now(),
    residentBytes: readMemory(pid).residentBytes,
    threads: Number(/^Threads:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]),
    descriptors: descriptors.length,
    sockets: descriptors.filter((descriptor) => isSocket(`${folder}/${descriptor}`)).length,
  };
}

function isSocket(path: string): boolean {
  try {
    return readlinkSync(path).startsWith('socket:');
  } catch {
    // Closed since the folder was read.
    return false;
  }
}
