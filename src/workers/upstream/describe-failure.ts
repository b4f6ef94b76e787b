import type { Address } from '../../shared/config.ts';
import { codeOf, messageOf, toFailure, type Failure } from '../../shared/errors.ts';
import { HttpSyntaxError } from '../../shared/http/response-head.ts';
import { HeadTooLargeError, MAX_HEAD_BYTES } from '../../shared/http/response-parser.ts';
import { authorityOf } from './authority.ts';
import { CONNECT_TIMEOUT_MS, ConnectTimeoutError } from './connect.ts';
import { isClosed, type Attempt } from './retry.ts';

/** Says in the adapter's terms why a request to the app failed. */
export function describeFailure(error: Error, attempt: Attempt, address: Address): Failure {
  const code = codeOf(error);
  if (code !== null && attempt.stage === 'queued') {
    return { errorType: 'Function.AppConnectionRefused', errorMessage: describeConnectError(code, error, address) };
  }
  const app = `the app at ${authorityOf(address)}`;
  if (error instanceof HeadTooLargeError) {
    const errorMessage = `${app} answered with more than ${MAX_HEAD_BYTES / 1024} KiB of headers: make it send fewer`;
    return { errorType: 'Function.AppInvalidResponse', errorMessage };
  }
  if (isClosed(error) || code === 'ETIMEDOUT') {
    return { errorType: 'Function.AppConnectionReset', errorMessage: `${app} ${describeReset(attempt, error)}` };
  }
  if (error instanceof HttpSyntaxError) {
    const errorMessage = `${app} did not answer in HTTP/1.1 (${error.message}): check that AWS_LWA_PORT is the port of the web app and that it neither speaks TLS there nor switches protocols`;
    return { errorType: 'Function.AppInvalidResponse', errorMessage };
  }
  return toFailure(error);
}

function describeConnectError(code: string, error: Error, address: Address): string {
  const authority = authorityOf(address);
  const advice = 'start the app there or set AWS_LWA_PORT to the port that it listens on';
  if (code === 'ECONNREFUSED') return `nothing listens at ${authority}: ${advice}`;
  if (error instanceof ConnectTimeoutError) {
    return `the app at ${authority} accepted no connection within ${CONNECT_TIMEOUT_MS} ms: ${advice}`;
  }
  return `no connection to the app at ${authority} (${code}: ${messageOf(error)}): ${advice}`;
}

function describeReset({ stage, isReused }: Attempt, error: Error): string {
  if (stage === 'sent') {
    const keepAlive = isReused
      ? ', and let it keep idle connections longer than AWS_LWA_POOL_IDLE_TIMEOUT_SECONDS'
      : '';
    return `closed the connection without a response (${error.message}): look in its log for a crash${keepAlive}`;
  }
  return `closed the connection in the middle of its response (${error.message}): look in its log for a crash or a timeout of its own`;
}
