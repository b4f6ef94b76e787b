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
  switch (result.kind) {
    case 'refused':
      return `nothing listens on ${where}${hintAtPorts(otherPorts)}`;
    case 'unhealthy':
      return (
        `GET ${config.path} on ${where} answered ${result.status}${result.excerpt === '' ? '' : ` (${result.excerpt})`}; ` +
        'AWS_LWA_READINESS_CHECK_PATH chooses another path, AWS_LWA_READINESS_CHECK_HEALTHY_STATUS the statuses that count as ready'
      );
    case 'silent':
      return `${where} accepts connections but did not answer GET ${config.path} within ${result.afterMs} ms`;
    case 'broken':
      return `GET ${config.path} on ${where} failed: ${result.reason}`;
    default:
      return assertNever(result);
  }
}

function hintAtPorts(ports: readonly number[]): string {
  if (ports.length === 0) return '; is the app still starting, or on another port? AWS_LWA_PORT names it';
  return `, but something listens on ${ports.join(', ')}: if that is the app, set AWS_LWA_PORT`;
}
