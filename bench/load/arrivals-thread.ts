// Sleeps until the next invocation is due and says so. A thread of its own can sleep to a tenth of a millisecond; a timer of
// the event loop wakes up to a millisecond late, which is more than most answers take.
import { parentPort, workerData } from 'node:worker_threads';
import { isArrivalPlan } from './arrival-plan.ts';
import { monotonicMs } from './monotonic-clock.ts';
import { poissonArrivals } from './poisson.ts';

parentPort?.on('message', (plan: unknown) => {
  if (!(workerData instanceof Int32Array) || !isArrivalPlan(plan)) throw new TypeError('not a plan of arrivals');
  const next = poissonArrivals(plan.perSecond, plan.seed);
  const start = monotonicMs();
  parentPort?.postMessage({ kind: 'began', atMs: start }, []);
  for (let left = plan.count, due = next(); left > 0 && due < plan.ms; left--, due = next()) {
    const early = start + due - monotonicMs();
    // Woken before the time, it is told to stop.
    if (early > 0 && Atomics.wait(workerData, 0, 0, early) !== 'timed-out') break;
    parentPort?.postMessage({ kind: 'due', atMs: start + due }, []);
  }
  parentPort?.postMessage({ kind: 'over' }, []);
});
