import { connect } from 'node:net';
import { includesStatus, type ReadinessConfig } from '../../shared/config.ts';
import { codeOf, messageOf } from '../../shared/errors.ts';
import { Connection } from '../http-client/connection.ts';
import { excerptOf } from '../http-client/http-response.ts';
import { requestHead } from '../http-client/request-head.ts';

/** What one look at the app found. */
export type ProbeResult =
  | { readonly kind: 'ready' }
  /** Nothing listens there. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'unhealthy'; readonly status: number; readonly excerpt: string }
  /** It listens, but did not answer in time. */
  | { readonly kind: 'silent'; readonly afterMs: number }
  | { readonly kind: 'broken'; readonly reason: string };

/** An app may take long over its first request; one that lost it must be asked again. */
const ANSWER_TIMEOUT_MS = 30_000;

export function probe(config: ReadinessConfig): Promise<ProbeResult> {
  return config.protocol === 'tcp' ? probeTcp(config) : probeHttp(config);
}

function probeHttp(config: ReadinessConfig): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const connection = new Connection(config);
    const finish = (result: ProbeResult): void => {
      clearTimeout(timer);
      connection.close();
      resolve(result);
    };
    const timer = setTimeout(() => finish({ kind: 'silent', afterMs: ANSWER_TIMEOUT_MS }), ANSWER_TIMEOUT_MS);
    const head = requestHead('GET', config, encodeTarget(config.path), { accept: '*/*', connection: 'close' });
    connection.send(head, null, {
      // The body of a page may be long, and that of an event stream never ends.
      onHead: ({ status }) => includesStatus(config.healthyStatuses, status) && finish({ kind: 'ready' }),
      onResponse: (response) => finish({ kind: 'unhealthy', status: response.status, excerpt: excerptOf(response) }),
      onError: (error) => finish(failed(error)),
    });
  });
}

function probeTcp({ host, port }: ReadinessConfig): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (result: ProbeResult): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => finish({ kind: 'ready' }));
    socket.once('error', (error) => finish(failed(error)));
  });
}

function failed(error: Error): ProbeResult {
  return codeOf(error) === 'ECONNREFUSED' ? { kind: 'refused' } : { kind: 'broken', reason: messageOf(error) };
}

/** A path from the configuration may hold what a request line must not. */
function encodeTarget(path: string): string {
  return path.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
