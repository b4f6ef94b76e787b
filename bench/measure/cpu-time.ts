import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used so far. Only the difference of two readings means anything. */
export interface CpuReading {
  /** Nanoseconds on a processor, by thread id. */
  readonly threads: ReadonlyMap<string, number>;
  /** Of the whole process, ended threads included, in ticks. */
  readonly userTicks: number;
  readonly systemTicks: number;
}

export interface CpuTime {
  /** Microseconds, user and system together. */
  readonly totalUs: number;
  readonly systemUs: number;
}

/** The unit of /proc/<pid>/stat is 1/100 s on every Linux that Node runs on, whatever the kernel's own clock. */
const TICK_US = 10_000;

/**
 * Starts counting what a process uses; the result tells what that was until then.
 *
 * @throws Error when there is no such process, as does the result.
 */
export function meterCpu(pid: number): () => CpuTime {
  const before = readCpu(pid);
  return () => cpuBetween(before, readCpu(pid));
}

export function cpuBetween(before: CpuReading, after: CpuReading): CpuTime {
  let nanoseconds = 0;
  for (const [thread, time] of after.threads) nanoseconds += time - (before.threads.get(thread) ?? 0);
  const user = after.userTicks - before.userTicks;
  const system = after.systemTicks - before.systemTicks;
  // The sum over threads is exact but misses those that have ended; ticks have them, at most two too many.
  const totalUs = Math.max(nanoseconds / 1000, (user + system - 2) * TICK_US);
  const systemShare = user + system === 0 ? 0 : system / (user + system);
  return { totalUs, systemUs: totalUs * systemShare };
}

/**
 * @see https://docs.kernel.org/filesystems/proc.html
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
function readCpu(pid: number): CpuReading {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field, a name, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => [thread, threadNanoseconds(pid, thread)] as const);
  return { threads: new Map(threads), userTicks: Number(fields[11]), systemTicks: Number(fields[12]) };
}

/** 0 where the kernel does not tell, or the thread has just ended. */
function threadNanoseconds(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]);
  } catch {
    return 0;
  }
}
