import type { Address } from '../../shared/config.ts';
import type { Failure } from '../../shared/errors.ts';
import { call } from '../http-client/call.ts';
import { Connection } from '../http-client/connection.ts';
import type { HttpResponse } from '../http-client/http-response.ts';
import { requestHead } from '../http-client/request-head.ts';
import { reportBody } from './error-report.ts';
import { RUNTIME_PATH } from './paths.ts';

/** What of a start has failed: its init phase, or what follows the restore of a snapshot. */
export type StartPhase = 'init' | 'restore';

/**
 * Tells the platform why the function cannot start, so that callers see the cause and not just a time-out. The process
 * is expected to end after this.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-initerror
 */
export async function postStartError(address: Address, phase: StartPhase, failure: Failure): Promise<HttpResponse> {
  const body = reportBody(failure);
  const head = requestHead('POST', address, `${RUNTIME_PATH}/${phase}/error`, {
    'lambda-runtime-function-error-type': failure.errorType,
    'content-type': 'application/json',
    'content-length': body.length,
  });
  const connection = new Connection(address);
  return call(connection, head, body).finally(() => connection.close());
}
