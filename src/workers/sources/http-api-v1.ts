import { isAbsent } from '../request/fields.ts';
import { escapeBarePercent } from '../request/percent-encoding.ts';
import { apiGatewayRest, readRestEvent, restAnswer } from './api-gateway-rest.ts';
import type { EventSource } from './source.ts';

/**
 * API Gateway HTTP API with payload format 1.0: a REST event with a version, whose path is decoded.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpApiV1: EventSource = {
  matches: (event) => !isAbsent(event.version) && apiGatewayRest.matches(event),
  read: (event, json) => {
    const fields = readRestEvent(event, json);
    return { ...fields, path: escapeBarePercent(fields.path) };
  },
  answerFor: () => restAnswer,
};
