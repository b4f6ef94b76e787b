import type { Config } from '../../shared/config.ts';
import { InFlight } from './in-flight.ts';
import type { Invoker } from './invoker.ts';
import { loadServeModule } from './serve-module.ts';

/** Runs invocations on the coordinator's thread: one at a time, a hop to another thread would only cost. */
export function createInlineInvoker(config: Config): Invoker {
  const dispatcher = loadServeModule().createDispatcher(config, (message) => inFlight.receive(message));
  const inFlight = new InFlight((message) => dispatcher.receive(message));
  return {
    invoke: (invocation, reply) => inFlight.add(invocation, reply),
    close: async () => dispatcher.receive({ kind: 'close' }),
  };
}
