import { request as httpRequest, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';

import { startGateway, type EventSource, type GatewayOptions } from '../../../bench/emulator/gateway.ts';
import type { EmulatorOptions } from '../../../bench/emulator/index.ts';

import { requestIdOf, type Answer } from './platform-client.ts';
import { withEmulator } from './with-emulator.ts';

/** A gateway whose function is the test itself: it takes each event from the Runtime API and answers there. */
export async function withGateway(
  eventSource: EventSource,
  options: Partial<GatewayOptions> = {},
  emulatorOptions: Partial<EmulatorOptions> = {},
) {
  const platform = await withEmulator({ mode: 'managed-instances', ...emulatorOptions });
  const gateway = await startGateway({
    emulator: platform.emulator,
    eventSource,
    invokeMode: 'buffered',
    ...options,
  });
  onTestFinished(() => gateway.close());
  return { ...platform, gateway };
}

export interface ClientRequest {
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly body?: Buffer | string;
}

export interface ClientAnswer {
  readonly status: number;
  /** Names and values in turns. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Sends a request line and headers exactly as given. */
export function send(url: string, target: string, { method = 'GET', headers = [], body }: ClientRequest = {}) {
  const { hostname, port } = new URL(url);
  const answer = Promise.withResolvers<IncomingMessage>();
  const sent = httpRequest({
    host: hostname,
    port,
    method,
    path: target,
    headers: ['Host', 'app.example.com', ...headers],
  });
  sent.on('response', answer.resolve);
  sent.on('error', answer.reject);
  sent.end(body);
  return answer.promise;
}

export async function fetchWhole(url: string, target: string, request?: ClientRequest): Promise<ClientAnswer> {
  const answer = await send(url, target, request);
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  return {
    status: answer.statusCode ?? 0,
    rawHeaders: answer.rawHeaders,
    headers: answer.headers,
    body: Buffer.concat(parts),
  };
}

export type Gateway = Awaited<ReturnType<typeof withGateway>>;

/** The event that a request becomes. The function's answer is `{"statusCode":200}`. */
export async function eventOf({ gateway, client }: Gateway, target: string, request?: ClientRequest) {
  const answer = fetchWhole(gateway.url, target, request);
  const invocation = await client.next();
  await client.respond(requestIdOf(invocation), '{"statusCode":200}');
  await answer;
  return { event: JSON.parse(invocation.text), invocation };
}

/** What the client gets when the function gives this answer. */
export async function answerOf({ gateway, client }: Gateway, text: string, request?: ClientRequest) {
  const answer = fetchWhole(gateway.url, '/', request);
  const invocation: Answer = await client.next();
  await client.respond(requestIdOf(invocation), text);
  return answer;
}
