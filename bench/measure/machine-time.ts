import { readFileSync } from 'node:fs';

/**
 * Starts counting how much all processors of the machine work; the result tells how many microseconds that was until then,
 * what a hypervisor took for other machines included.
 *
 * @see https://docs.kernel.org/filesystems/proc.html
 */
export function meterMachine(): () => number {
  const before = busyTicks();
  return () => (busyTicks() - before) * TICK_US;
}

const TICK_US = 10_000;

function busyTicks(): number {
  const [total = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0, stolen = 0] = total
    .split(/ +/)
    .slice(1)
    .map(Number);
  return user + nice + system + interrupts + softInterrupts + stolen;
}
