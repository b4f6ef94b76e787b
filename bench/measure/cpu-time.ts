import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used so far. Only the difference of two readings means anything. */
export interface CpuReading {
  /** By thread id. */
  readonly threads: ReadonlyMap<string, ThreadReading>;
  /** Of the whole process, ended threads included, in ticks. */
  readonly userTicks: number;
  readonly systemTicks: number;
}

interface ThreadReading {
  readonly name: string;
  /** On a processor since the thread's start. */
  readonly nanoseconds: number;
}

export interface CpuTime {
  /** Microseconds, user and system together. */
  readonly totalUs: number;
  readonly systemUs: number;
  /** Microseconds by name of the thread, most first; threads that have ended in between are missing. */
  readonly threads: readonly ThreadTime[];
}

export interface ThreadTime {
  /** As `/proc/<pid>/task/<tid>/comm` has it, at most 15 characters; threads of one name are added up. */
  readonly name: string;
  readonly cpuUs: number;
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
  const byName = new Map<string, number>();
  for (const [id, { name, nanoseconds }] of after.threads) {
    const used = (nanoseconds - (before.threads.get(id)?.nanoseconds ?? 0)) / 1000;
    byName.set(name, (byName.get(name) ?? 0) + used);
  }
  const threads = [...byName].map(([name, cpuUs]) => ({ name, cpuUs })).toSorted((a, b) => b.cpuUs - a.cpuUs);
  const inThreads = threads.reduce((sum, { cpuUs }) => sum + cpuUs, 0);
  const user = after.userTicks - before.userTicks;
  const system = after.systemTicks - before.systemTicks;
  // The sum over threads is exact but misses those that have ended; ticks have them, at most two too many.
  const totalUs = Math.max(inThreads, (user + system - 2) * TICK_US);
  const systemShare = user + system === 0 ? 0 : system / (user + system);
  return { totalUs, systemUs: totalUs * systemShare, threads };
}

/**
 * @see https://docs.kernel.org/filesystems/proc.html
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
function readCpu(pid: number): CpuReading {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field, a name, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ids = readdirSync(`/proc/${pid}/task`);
  const threads = new Map(ids.flatMap((id) => readThread(`/proc/${pid}/task/${id}`, id)));
  return { threads, userTicks: Number(fields[11]), systemTicks: Number(fields[12]) };
}

/** Nothing where the kernel does not tell, or the thread has just ended. */
function readThread(folder: string, id: string): (readonly [string, ThreadReading])[] {
  try {
    const name = readFileSync(`${folder}/comm`, 'utf8').trimEnd();
    const nanoseconds = Number(readFileSync(`${folder}/schedstat`, 'latin1').split(' ')[0]);
    return [[id, { name, nanoseconds }]];
  } catch {
    return [];
  }
}
