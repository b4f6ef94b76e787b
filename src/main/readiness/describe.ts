import type { ReadinessConfig } from '../../shared/config.ts';
import { assertNever } from '../../shared/errors.ts';
import type { ProbeResult } from './probe.ts';

/** Says what is wrong with the app, as far as a probe can tell, and what the user can do about it. */
export function describe(
  result: Exclude<ProbeResult, { kind: 'ready' }>,
  config: ReadinessConfig,
  otherPorts: readonly number[],
): string {
  const where = `${config.host}:${config.port}`;
  const probe = describeProbe(config);
  switch (result.kind) {
    case 'refused':
      return `nothing listens on ${where}${hintAtPorts(otherPorts)}`;
    case 'unhealthy':
      return (
        `${probe} answered ${result.status}${result.excerpt === '' ? '' : ` (${result.excerpt})`}; ` +
        'AWS_LWA_READINESS_CHECK_PATH chooses another path, AWS_LWA_READINESS_CHECK_HEALTHY_STATUS the statuses that count as ready'
      );
    case 'silent':
      return `${where} accepts connections, but ${probe} got no answer within ${result.afterMs} ms`;
    case 'broken':
      return `${probe} failed: ${result.reason}`;
    default:
      return assertNever(result);
  }
}

/** What a probe does, for messages. */
export function describeProbe({ protocol, host, port, path }: ReadinessConfig): string {
  return protocol === 'tcp' ? `connecting to ${host}:${port}` : `GET ${path} on ${host}:${port}`;
}

function hintAtPorts(ports: readonly number[]): string {
  if (ports.length === 0) return '; is the app still starting, or on another port? AWS_LWA_PORT names it';
  return `, but something listens on ${ports.join(', ')}: if that is the app, set AWS_LWA_PORT`;
}
