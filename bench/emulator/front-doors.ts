import { albAnswer, albMultiValueAnswer } from './answers/alb.ts';
import type { HttpAnswer } from './answers/http-answer.ts';
import { payloadV2Answer } from './answers/payload-v2.ts';
import { restAnswer } from './answers/rest.ts';
import { albEvent, albMultiValueEvent } from './events/alb.ts';
import type { ClientRequest, HeaderLine } from './events/client-request.ts';
import { functionUrlEvent } from './events/function-url.ts';
import { httpApiEvent } from './events/http-api.ts';
import { restEvent } from './events/rest.ts';

export type EventSource = 'function-url' | 'http-api' | 'rest' | 'alb' | 'alb-multi-value';

/** How one AWS service turns requests into events and answers into responses. */
export interface FrontDoor {
  readonly toEvent: (request: ClientRequest) => object;
  /** @throws MalformedAnswer when the text is not what this service reads. */
  readonly fromAnswer: (text: string) => HttpAnswer;
  /** Whether and how it reads the metadata in front of a streamed answer. */
  readonly stream: 'no' | 'single-headers' | 'multi-headers';
  /** Passes a stream on that does not begin with metadata, and a buffered answer in stream mode, as it is. */
  readonly passesRaw: boolean;
  /** In buffered mode, the metadata of a streamed answer is read, and its body is ... */
  readonly bufferedStream: 'unreadable' | 'kept' | 'lost';
  readonly maxBodyBytes: number;
  readonly ownHeaders: (request: ClientRequest) => readonly HeaderLine[];
}

const MIB = 1024 * 1024;

const FUNCTION_URL: FrontDoor = {
  toEvent: functionUrlEvent,
  fromAnswer: payloadV2Answer,
  stream: 'single-headers',
  passesRaw: true,
  bufferedStream: 'kept',
  maxBodyBytes: 6 * MIB,
  ownHeaders: ({ requestId, traceRoot }) => [
    ['x-amzn-requestid', requestId],
    ['x-amzn-trace-id', traceRoot],
  ],
};

const HTTP_API: FrontDoor = {
  toEvent: httpApiEvent,
  fromAnswer: payloadV2Answer,
  stream: 'no',
  passesRaw: false,
  bufferedStream: 'unreadable',
  maxBodyBytes: 6 * MIB,
  ownHeaders: ({ requestId }) => [['apigw-requestid', requestId]],
};

const REST: FrontDoor = {
  toEvent: restEvent,
  fromAnswer: restAnswer,
  stream: 'multi-headers',
  passesRaw: false,
  bufferedStream: 'lost',
  maxBodyBytes: 6 * MIB,
  ownHeaders: ({ requestId, traceRoot }) => [
    ['x-amzn-requestid', requestId],
    ['x-amzn-trace-id', traceRoot],
  ],
};

const ALB: FrontDoor = {
  toEvent: albEvent,
  fromAnswer: albAnswer,
  stream: 'no',
  passesRaw: false,
  bufferedStream: 'unreadable',
  maxBodyBytes: MIB,
  ownHeaders: () => [],
};

export const FRONT_DOORS: Readonly<Record<EventSource, FrontDoor>> = {
  'function-url': FUNCTION_URL,
  'http-api': HTTP_API,
  rest: REST,
  alb: ALB,
  'alb-multi-value': { ...ALB, toEvent: albMultiValueEvent, fromAnswer: albMultiValueAnswer },
};
