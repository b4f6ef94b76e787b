import type { Address } from '../../shared/config.ts';
import { messageOf, type Failure } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { Backoff } from '../coordinator/backoff.ts';
import { call } from '../http-client/call.ts';
import { Connection } from '../http-client/connection.ts';
import { excerptOf, headerOf } from '../http-client/http-response.ts';
import { requestHead } from '../http-client/request-head.ts';
import { reportBody } from '../runtime-api/error-report.ts';
import { EXTENSION_PATH } from '../runtime-api/paths.ts';
import { sleep } from '../timers.ts';
import { parseShutdown, type ShutdownEvent } from './shutdown-event.ts';

/**
 * The adapter as Lambda sees it: an external extension that wants to know of the end. Only SHUTDOWN is asked for:
 * Managed Instances refuse INVOKE, and on standard Lambda it would hold up every invocation.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 */
export class Extension {
  readonly #address: Address;
  readonly #identifier: string;

  private constructor(address: Address, identifier: string) {
    this.#address = address;
    this.#identifier = identifier;
  }

  /**
   * @param name The file name of the executable in `/opt/extensions`: Lambda knows the extension by it.
   * @throws {Error} The platform refused, with its reason.
   */
  static async register(address: Address, name: string): Promise<Extension> {
    const body = Buffer.from(JSON.stringify({ events: ['SHUTDOWN'] }));
    const head = requestHead('POST', address, `${EXTENSION_PATH}/register`, {
      'lambda-extension-name': name,
      'content-type': 'application/json',
      'content-length': body.length,
    });
    const connection = new Connection(address);
    const response = await call(connection, head, body).finally(() => connection.close());
    const identifier = headerOf(response, 'lambda-extension-identifier');
    if (response.status === 200 && identifier !== null) return new Extension(address, identifier);
    throw new Error(`registering the extension ${name} was answered ${response.status} ${excerptOf(response)}`);
  }

  /** Waits, which also tells the platform that the extension is initialised; a broken connection is made anew. */
  async waitForShutdown(logger: Logger): Promise<ShutdownEvent> {
    const connection = new Connection(this.#address);
    const head = requestHead('GET', this.#address, `${EXTENSION_PATH}/event/next`, {
      'lambda-extension-identifier': this.#identifier,
    });
    const backoff = new Backoff();
    for (;;) {
      try {
        const response = await call(connection, head);
        const event = parseShutdown(response);
        if (event !== null) return event;
        throw new Error(`it answered ${response.status} ${excerptOf(response)}`);
      } catch (error) {
        const pauseMs = backoff.next();
        logger.warn(`the Extensions API gave no event (${messageOf(error)}); asking again in ${pauseMs} ms`);
        await sleep(pauseMs);
      }
    }
  }

  /** Tells the platform that the extension cannot work. The process is expected to end after this. */
  async reportInitError(failure: Failure): Promise<void> {
    const body = reportBody(failure);
    const head = requestHead('POST', this.#address, `${EXTENSION_PATH}/init/error`, {
      'lambda-extension-identifier': this.#identifier,
      'lambda-extension-function-error-type': failure.errorType.replace(/^\w+/, 'Extension'),
      'content-type': 'application/json',
      'content-length': body.length,
    });
    const connection = new Connection(this.#address);
    await call(connection, head, body).finally(() => connection.close());
  }
}
