import type { DevOptions } from './options.ts';

const SOURCES = {
  'function-url': 'a function URL',
  'http-api': 'an HTTP API',
  rest: 'a REST API',
  alb: 'a load balancer',
  'alb-multi-value': 'a load balancer with multi-value headers',
} as const satisfies Record<DevOptions['eventSource'], string>;

/** One line on what is being emulated. */
export function describeMode({ eventSource, invokeMode, concurrency }: DevOptions): string {
  const answers = invokeMode === 'response_stream' ? 'answers streamed' : 'answers buffered';
  const many =
    concurrency === 1
      ? 'one request at a time, as on standard Lambda'
      : `up to ${concurrency} requests at once, as on Lambda Managed Instances`;
  return `Events as from ${SOURCES[eventSource]}, ${answers}, ${many}.`;
}
