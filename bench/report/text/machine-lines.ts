import type { Machine } from '../../measure/machine.ts';
import type { Results } from '../results/results.ts';

/** Where and on what the figures were measured. */
export function machineLines({ machine, adapters }: Pick<Results, 'machine' | 'adapters'>): string {
  return [machineLine(machine), ...adapters.map(adapterLine)].join('\n');
}

export function machineLine({ processor, cores, memoryBytes, system, node }: Machine): string {
  return `${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memory(memoryBytes)}, ${system}, Node ${node}`;
}

/** To a tenth of a GB: what the kernel keeps for itself differs from start to start. */
export function memory(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}

function adapterLine({ name, path, version, env }: Results['adapters'][number]): string {
  const variables = Object.entries(env).map(([variable, value]) => ` ${variable}=${value}`);
  return `${name}: ${path} (${version})${variables.join('')}`;
}
