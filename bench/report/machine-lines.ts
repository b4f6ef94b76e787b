import { adapterVersion } from '../measure/adapter-version.ts';
import type { Machine } from '../measure/machine.ts';
import type { AdapterUnderTest } from '../options/adapters.ts';

/** Where and on what the figures were measured. */
export function machineLines(machine: Machine, adapters: readonly AdapterUnderTest[]): string {
  const memory = `${(machine.memoryBytes / 1024 ** 3).toFixed(1)} GB`;
  const cores = `${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}`;
  const tested = adapters.map(({ name, path, env }) => {
    const variables = Object.entries(env).map(([variable, value]) => ` ${variable}=${value}`);
    return `${name}: ${path} (${adapterVersion(path)})${variables.join('')}`;
  });
  return [`${machine.processor}, ${cores}, ${memory}, ${machine.system}, Node ${machine.node}`, ...tested].join('\n');
}
