import type { IncomingMessage, ServerResponse } from 'node:http';

import { extensionErrorType } from './error-types.ts';
import { Extension } from './extension.ts';
import type { Extensions } from './extensions.ts';
import type { InitPhase } from './init-phase.ts';
import type { InvocationRouter } from './invocation-router.ts';
import { MAX_CONTROL_BODY_BYTES } from './limits.ts';
import { readWhole } from './read-body.ts';
import { ACCEPTED, forbidden, send, TOO_LARGE, type Reply } from './replies.ts';
import type { Settings } from './settings.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The calls below `/2020-01-01/extension`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 */
export class ExtensionsApi {
  readonly #settings: Settings;
  readonly #extensions: Extensions;
  readonly #router: InvocationRouter;
  readonly #init: InitPhase;

  constructor(settings: Settings, extensions: Extensions, router: InvocationRouter, init: InitPhase) {
    this.#settings = settings;
    this.#extensions = extensions;
    this.#router = router;
    this.#init = init;
  }

  register(request: IncomingMessage, response: ServerResponse): void {
    readWhole(
      request,
      MAX_CONTROL_BODY_BYTES,
      (body) => {
        const extension = this.#register(request, body);
        if (!(extension instanceof Extension)) return this.#refuse(request, response, extension);
        this.#settings.onStep({ kind: 'registered', name: extension.name, events: extension.events });
        send(response, this.#registration(request), ['Lambda-Extension-Identifier', extension.id]);
        this.#init.onRegistered();
      },
      () => this.#refuse(request, response, TOO_LARGE),
    );
  }

  next(request: IncomingMessage, response: ServerResponse): void {
    const extension = this.#identify(request);
    if (!(extension instanceof Extension)) return this.#refuse(request, response, extension);
    const first = !extension.ready;
    const refusal = extension.park(response);
    if (refusal !== null) return this.#refuse(request, response, refusal);
    if (first) {
      this.#settings.onStep({ kind: 'extension-ready', name: extension.name });
      this.#init.onExtensionReady();
    }
    this.#router.startWaiting();
  }

  initError(request: IncomingMessage, response: ServerResponse): void {
    this.#report(request, response, 'Extension.InitError');
  }

  exitError(request: IncomingMessage, response: ServerResponse): void {
    this.#report(request, response, 'Extension.ExitError');
  }

  #register(request: IncomingMessage, body: Buffer): Extension | Reply {
    const name = request.headers['lambda-extension-name'];
    if (typeof name !== 'string' || name === '') {
      return forbidden('Extension.InvalidExtensionName', 'Empty extension name');
    }
    const events = eventsOf(body.toString());
    return typeof events === 'string'
      ? forbidden('InvalidRequestFormat', events)
      : this.#extensions.register(name, events);
  }

  #registration(request: IncomingMessage): Reply {
    const { functionName, functionVersion, handler, accountId } = this.#settings;
    const features = String(request.headers['lambda-extension-accept-feature'] ?? '').split(',');
    const wantsAccount = features.some((feature) => feature.trim() === 'accountId');
    const body = { functionName, functionVersion, handler, ...(wantsAccount ? { accountId } : {}) };
    return { status: 200, body: JSON.stringify(body), errorType: '' };
  }

  #report(request: IncomingMessage, response: ServerResponse, otherwise: string): void {
    readWhole(
      request,
      MAX_CONTROL_BODY_BYTES,
      (body) => {
        const type = request.headers['lambda-extension-function-error-type'];
        const extension = this.#identify(request);
        if (!(extension instanceof Extension)) return this.#refuse(request, response, extension);
        if (typeof type !== 'string' || type === '') {
          const message = 'Lambda-Extension-Function-Error-Type not found';
          return this.#refuse(request, response, forbidden('Extension.MissingHeader', message));
        }
        const refusal = extension.exit();
        if (refusal !== null) return this.#refuse(request, response, refusal);
        const errorType = extensionErrorType(type, otherwise);
        send(response, ACCEPTED);
        this.#settings.onStep({ kind: 'init-error', errorType, body: body.toString() });
        this.#init.fail(new Error(`extension ${extension.name} failed: ${errorType} ${body.toString()}`));
      },
      () => this.#refuse(request, response, TOO_LARGE),
    );
  }

  #identify(request: IncomingMessage): Extension | Reply {
    const id = request.headers['lambda-extension-identifier'];
    if (typeof id !== 'string' || id === '') {
      return forbidden('Extension.MissingExtensionIdentifier', 'Missing Lambda-Extension-Identifier header');
    }
    if (!UUID.test(id)) {
      return forbidden('Extension.InvalidExtensionIdentifier', 'Invalid Lambda-Extension-Identifier');
    }
    return this.#extensions.byId(id) ?? forbidden('Extension.UnknownExtensionIdentifier', `Unknown extension ${id}`);
  }

  #refuse(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
    const call = request.url ?? '';
    this.#settings.onStep({ kind: 'refused-call', call, status: reply.status, errorType: reply.errorType });
    send(response, reply);
  }
}

/** The events of a registration, or what is wrong with it. */
function eventsOf(text: string): string[] | string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return String(error);
  }
  if (typeof body !== 'object' || body === null) return 'the body is not an object';
  if ('configurationKeys' in body && !isEmpty(body.configurationKeys))
    return 'configurationKeys are deprecated; use environment variables instead';
  if (!('events' in body) || body.events === null) return [];
  const { events } = body;
  if (!Array.isArray(events) || !events.every((event) => typeof event === 'string'))
    return 'events is not a list of names';
  return events;
}

function isEmpty(list: unknown): boolean {
  return list === null || (Array.isArray(list) && list.length === 0);
}
