import type { Address } from '../../shared/config.ts';
import type { Failure } from '../../shared/errors.ts';
import { call } from '../http-client/call.ts';
import { Connection } from '../http-client/connection.ts';
import { requestHead } from '../http-client/request-head.ts';
import { reportBody } from './error-report.ts';
import { RUNTIME_PATH } from './paths.ts';

/**
 * Tells the platform why the function cannot start, so that callers see the cause and not just a time-out. The process
 * is expected to end after this.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-initerror
 */
export async function postInitError(address: Address, failure: Failure): Promise<void> {
  const body = reportBody(failure);
  const head = requestHead('POST', address, `${RUNTIME_PATH}/init/error`, {
    'lambda-runtime-function-error-type': failure.errorType,
    'content-type': 'application/json',
    'content-length': body.length,
  });
  const connection = new Connection(address);
  await call(connection, head, [body]).finally(() => connection.close());
}
