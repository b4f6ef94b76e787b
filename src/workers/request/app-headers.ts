import type { Config } from '../../shared/config.ts';
import type { Invocation } from '../../shared/protocol.ts';
import { dropConnectionFields } from './connection-fields.ts';
import { headerValue } from './header-value.ts';
import { authorityOf, usableHost } from './host.ts';
import { createLambdaContext } from './lambda-context.ts';
import { LAMBDA_CONTEXT, REQUEST_CONTEXT, TENANT_ID } from './never-forwarded.ts';
import type { RequestHeaders } from './request-headers.ts';

/** Completes the event's fields to those of the request to the app: names and values in turns. */
export type AppHeaders = (headers: RequestHeaders, requestContext: string, invocation: Invocation) => string[];

export function createAppHeaders(config: Config): AppHeaders {
  const appAuthority = authorityOf(config.app);
  const lambdaContext = createLambdaContext(config.lambda);
  const { authorizationSource } = config;

  return (headers, requestContext, invocation) => {
    dropConnectionFields(headers);
    headers.set('host', [usableHost(headers.get('host')) ?? appAuthority]);
    if (invocation.traceId !== null) headers.set('x-amzn-trace-id', [headerValue(invocation.traceId)]);
    headers.set(REQUEST_CONTEXT, [requestContext]);
    headers.set(LAMBDA_CONTEXT, [lambdaContext(invocation)]);
    if (invocation.tenantId !== null) headers.set(TENANT_ID, [headerValue(invocation.tenantId)]);
    if (authorizationSource !== null) moveAuthorization(headers, authorizationSource);
    return inTurns(headers);
  };
}

/** A front door that keeps `authorization` for itself carries the app's under another name. */
function moveAuthorization(headers: RequestHeaders, source: string): void {
  const value = headers.get(source)?.[0];
  if (value === undefined || source === 'authorization') return;
  headers.delete(source);
  headers.set('authorization', [value]);
}

function inTurns(headers: RequestHeaders): string[] {
  const lines: string[] = [];
  for (const [name, values] of headers) {
    for (const value of values) lines.push(name, value);
  }
  return lines;
}
