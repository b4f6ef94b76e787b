import { validateHeaderValue, type ServerResponse } from 'node:http';

import { toHeaderText } from './header-text.ts';
import type { Invocation } from './invocation.ts';
import type { Settings } from './settings.ts';
import type { InvokeOptions } from './types.ts';

const HEADER_OPTIONS = ['requestId', 'traceId', 'clientContext', 'cognitoIdentity', 'tenantId', 'functionArn'] as const;

/**
 * Answers a parked poll. What an invocation does not have, it has no header of; an empty option is an empty header.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function deliverEvent(poll: ServerResponse, invocation: Invocation, settings: Settings): void {
  const { options } = invocation;
  // Node would write the head in the encoding of a text body; header bytes have to stay as they are.
  const event = typeof invocation.event === 'string' ? Buffer.from(invocation.event) : invocation.event;
  const head = [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(event.byteLength),
    'Lambda-Runtime-Aws-Request-Id',
    invocation.requestId,
    'Lambda-Runtime-Deadline-Ms',
    options.deadlineHeader ?? String(invocation.deadlineMs),
    'Lambda-Runtime-Invoked-Function-Arn',
    options.functionArn ?? settings.functionArn,
  ];
  add(head, 'Lambda-Runtime-Trace-Id', options.traceId);
  add(head, 'Lambda-Runtime-Client-Context', options.clientContext);
  add(head, 'Lambda-Runtime-Cognito-Identity', options.cognitoIdentity);
  add(head, 'Lambda-Runtime-Aws-Tenant-Id', options.tenantId);
  add(head, 'Lambda-Runtime-Invocation-Id', invocation.nonce ?? undefined);
  poll.writeHead(200, head);
  poll.end(event);
}

function add(head: string[], name: string, value: string | undefined): void {
  if (value !== undefined) head.push(name, toHeaderText(value));
}

/** @throws TypeError when an option cannot be sent as a header: better now than when the poll is already used up. */
export function checkHeaders(options: InvokeOptions): void {
  for (const name of HEADER_OPTIONS) {
    const value = options[name];
    if (value !== undefined) validateHeaderValue(name, toHeaderText(value));
  }
}
