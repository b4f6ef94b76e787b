import type { HttpResponse } from '../../../src/main/http-client/http-response.ts';

/** A response of the platform, as the parser would hand it on. */
export function response(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): HttpResponse {
  return {
    status,
    headers: Object.entries(headers),
    keepAlive: true,
    body: body === '' ? [] : [Buffer.from(body)],
  };
}

/** An answer of `/runtime/invocation/next` that holds an invocation. */
export function invocationResponse(requestId: string, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return response(200, { 'lambda-runtime-aws-request-id': requestId, ...headers }, '{}');
}
