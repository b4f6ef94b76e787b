import type { Exchange } from '../scenarios/scenario.ts';
import { ArrivalClock } from './arrival-clock.ts';
import { runClosedLoop } from './closed-loop.ts';
import type { Bounds } from './limit.ts';
import type { Loop } from './loop.ts';
import { runOpenLoop } from './open-loop.ts';
import type { Sender } from './sender.ts';

/** Decides when the next invocation begins. */
export interface Pace {
  /**
   * @param next what to send
   * @returns when the first one began, on the clock of `performance.now()`, once all are answered
   */
  run(sender: Sender, next: () => Exchange, bounds: Bounds): Promise<number>;
  close(): Promise<void>;
}

/** Made before the load, so that what it needs to start is not measured. */
export async function startPace(loop: Loop, inFlight: number): Promise<Pace> {
  switch (loop.kind) {
    case 'closed':
      return {
        run: (sender, next, bounds) => runClosedLoop(sender, next, inFlight, bounds),
        close: () => Promise.resolve(),
      };
    case 'open': {
      const clock = await ArrivalClock.start();
      return {
        run: (sender, next, bounds) => runOpenLoop(sender, next, clock, loop.perSecond, bounds),
        close: () => clock.close(),
      };
    }
  }
}
