import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ExtensionsApi } from './extensions-api.ts';
import type { RuntimeApi } from './runtime-api.ts';

const RUNTIME = '/2018-06-01/runtime';
const INVOCATION = `${RUNTIME}/invocation/`;
const RESTORE = `${RUNTIME}/restore/`;
const EXTENSION = '/2020-01-01/extension';

/** Finds the call that a request makes. */
export function route(
  runtime: RuntimeApi,
  extensions: ExtensionsApi,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = request.url ?? '';
  if (path.startsWith(RESTORE) && !runtime.hasSnapshot) return plain(response, 404, 'only with SnapStart');
  switch (`${request.method} ${path}`) {
    case `GET ${INVOCATION}next`:
      return runtime.next(response);
    case `POST ${RUNTIME}/init/error`:
      return runtime.initError(request, response);
    case `GET ${RESTORE}next`:
      return runtime.restoreNext(response);
    case `POST ${RESTORE}error`:
      return runtime.restoreError(request, response);
    case `POST ${EXTENSION}/register`:
      return extensions.register(request, response);
    case `GET ${EXTENSION}/event/next`:
      return extensions.next(request, response);
    case `POST ${EXTENSION}/init/error`:
      return extensions.initError(request, response);
    case `POST ${EXTENSION}/exit/error`:
      return extensions.exitError(request, response);
    case 'GET /2018-06-01/ping':
      return plain(response, 200, 'pong');
    default:
  }
  if (request.method === 'POST' && path.startsWith(INVOCATION)) {
    if (path.endsWith('/response')) return runtime.response(request, response, requestId(path, '/response'));
    if (path.endsWith('/error')) return runtime.error(request, response, requestId(path, '/error'));
  }
  return plain(response, 404, `no such call: ${request.method} ${path}`);
}

function requestId(path: string, end: string): string {
  const text = path.slice(INVOCATION.length, -end.length);
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' });
  response.end(text);
}
