import { availableParallelism } from 'node:os';
import { meterCpu, type ThreadTime } from './cpu-time.ts';
import type { Figures } from './figures.ts';
import { meterMachine } from './machine-time.ts';
import { readMemory, type Memory } from './memory.ts';

interface ProcessFigures {
  readonly figures: Pick<
    Figures,
    'cpuUs' | 'userUs' | 'systemUs' | 'loadCpuUs' | 'appCpuUs' | 'residentMb' | 'peakMb' | 'grownMb' | 'othersPercent'
  >;
  /** Of the adapter, per invocation. */
  readonly threads: readonly ThreadTime[];
}

const MEGABYTE = 1024 * 1024;

/**
 * Starts counting what adapter, app and this process use; the result tells what that was per invocation until then.
 *
 * @param idle memory of the adapter before its first invocation
 */
export function meterProcesses(adapterPid: number, appPid: number, idle: Memory) {
  const machine = meterMachine();
  const meters = { adapter: meterCpu(adapterPid), load: meterCpu(process.pid), app: meterCpu(appPid) };
  return (invocations: number, elapsedMs: number): ProcessFigures => {
    const adapter = meters.adapter();
    const load = meters.load();
    const app = meters.app();
    const { residentBytes, peakBytes } = readMemory(adapterPid);
    const others = Math.max(0, machine() - adapter.totalUs - load.totalUs - app.totalUs);
    const figures = {
      cpuUs: adapter.totalUs / invocations,
      userUs: (adapter.totalUs - adapter.systemUs) / invocations,
      systemUs: adapter.systemUs / invocations,
      loadCpuUs: load.totalUs / invocations,
      appCpuUs: app.totalUs / invocations,
      residentMb: residentBytes / MEGABYTE,
      peakMb: peakBytes / MEGABYTE,
      grownMb: (peakBytes - idle.residentBytes) / MEGABYTE,
      othersPercent: (others / (elapsedMs * 1000 * availableParallelism())) * 100,
    };
    return { figures, threads: adapter.threads.map(({ name, cpuUs }) => ({ name, cpuUs: cpuUs / invocations })) };
  };
}
