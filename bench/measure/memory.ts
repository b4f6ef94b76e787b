import { readFileSync } from 'node:fs';

export interface Memory {
  /** Bytes in RAM now, and the most there have been at once. */
  readonly residentBytes: number;
  readonly peakBytes: number;
}

/** @throws Error when there is no such process. */
export function readMemory(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return { residentBytes: kilobytes(status, 'VmRSS') * 1024, peakBytes: kilobytes(status, 'VmHWM') * 1024 };
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]);
}
