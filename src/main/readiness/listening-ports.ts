import { readFileSync } from 'node:fs';

/** State of a listening socket in the kernel's table. */
const LISTEN = '0A';

/**
 * Ports on which something in this environment listens, so that a message can name the one the user meant. Empty where
 * the kernel does not tell.
 *
 * @see https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function listeningPorts(): readonly number[] {
  const ports = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => readTable(table).map(portOf));
  return [...new Set(ports)].filter((port) => port > 0).toSorted((first, second) => first - second);
}

function readTable(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(1);
  } catch {
    return [];
  }
}

function portOf(line: string): number {
  const [, local, , state] = line.trim().split(/\s+/);
  return state === LISTEN ? Number.parseInt(local?.split(':')[1] ?? '', 16) || 0 : 0;
}
