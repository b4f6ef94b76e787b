import type { Config } from '../shared/config.ts';
import { createLogger } from '../shared/logger.ts';
import type { Dispatcher, InvocationKey, Post } from '../shared/protocol.ts';
import { createDecoder } from './decode.ts';
import { InvocationRun, type Services } from './invocation-run.ts';
import { createReservedPaths } from './request/reserved-paths.ts';
import { Upstreams } from './upstream/upstream.ts';

/**
 * Runs invocations on the thread that calls it. Nothing that goes wrong in one of them is thrown at the caller or
 * reaches a neighbour: it becomes the `failure` of that invocation.
 *
 * @param onClosed called once after `close`, when every invocation has ended and the connections to the app are gone
 */
export function createDispatcher(config: Config, post: Post, onClosed: () => void = () => {}): Dispatcher {
  const runs = new Map<InvocationKey, InvocationRun>();
  const upstreams = new Upstreams(config);
  /** `closing` while invocations are still under way. */
  let state: 'open' | 'closing' | 'closed' = 'open';
  const services: Services = {
    config,
    decode: createDecoder(config),
    isReserved: createReservedPaths(config.snapStart),
    upstreams,
    logger: createLogger(config.log),
    post,
    onEnd: (id) => {
      runs.delete(id);
      closeIfIdle();
    },
  };

  function closeIfIdle(): void {
    if (state !== 'closing' || runs.size > 0) return;
    state = 'closed';
    upstreams.close();
    // Later: the answer of the last invocation is posted when it has ended.
    queueMicrotask(onClosed);
  }

  return {
    receive(message) {
      switch (message.kind) {
        case 'invoke': {
          const run = new InvocationRun(services, message.id, message.invocation);
          runs.set(message.id, run);
          return run.start();
        }
        case 'credit':
          return runs.get(message.id)?.credit(message.bytes);
        case 'abandon':
          return runs.get(message.id)?.abandon();
        case 'close':
          if (state === 'open') state = 'closing';
          return closeIfIdle();
      }
    },
  };
}
