import type { Address } from '../../shared/config.ts';
import { AdapterError } from '../../shared/errors.ts';
import { call } from '../http-client/call.ts';
import { Connection } from '../http-client/connection.ts';
import { excerptOf } from '../http-client/http-response.ts';
import { requestHead } from '../http-client/request-head.ts';
import { RUNTIME_PATH } from '../runtime-api/paths.ts';

/**
 * Tells the platform that the snapshot can be taken, and resolves in an environment that was restored from it.
 *
 * @throws {AdapterError} `Runtime.BeforeCheckpointError`: the platform refused, with its reason.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks.html
 */
export async function waitForRestore(address: Address): Promise<void> {
  const connection = new Connection(address);
  const head = requestHead('GET', address, `${RUNTIME_PATH}/restore/next`);
  // The connection is part of the snapshot: nothing may use it after this.
  const response = await call(connection, head).finally(() => connection.close());
  if (response.status !== 200) {
    throw new AdapterError(
      'Runtime.BeforeCheckpointError',
      `the platform answered ${response.status} ${excerptOf(response)} when it was told that the snapshot can be taken`,
    );
  }
}
