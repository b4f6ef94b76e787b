import { bodyOf } from '../request/body.ts';
import { isObject, textOf } from '../request/fields.ts';
import { methodOf } from '../request/method.ts';
import { encodedQuery } from '../request/query.ts';
import { headersFromBothMaps } from '../request/request-headers.ts';
import { groupHeaders, joinHeaders, joinHeadersAndCookies } from './header-maps.ts';
import type { AnswerShape, EventSource } from './source.ts';
import { statusDescription } from './status-description.ts';

/**
 * Application Load Balancer, which delivers queries as they stood in the URL.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const alb: EventSource = {
  matches: (event) => isObject(event.requestContext) && isObject(event.requestContext.elb),
  read: (event, json) => ({
    method: methodOf(event.httpMethod, 'httpMethod'),
    path: textOf(event.path, 'path'),
    query: encodedQuery(event, json, 'multiValueQueryStringParameters', 'queryStringParameters'),
    headers: headersFromBothMaps(event),
    body: bodyOf(event.body, 'body', event.isBase64Encoded),
  }),
  answerFor: (event) => (isObject(event.multiValueHeaders) ? multiValueAnswer : singleValueAnswer),
};

/** The target group reads the map of the mode that it is in; the other one is there for whoever reads both. */
const singleValueAnswer: AnswerShape = {
  envelope: (statusCode, headers) => ({
    statusCode,
    statusDescription: statusDescription(statusCode),
    headers: joinHeadersAndCookies(headers),
    multiValueHeaders: groupHeaders(headers),
  }),
  prelude: null,
};

const multiValueAnswer: AnswerShape = {
  envelope: (statusCode, headers) => {
    const { headers: joined, cookies } = joinHeaders(headers);
    const [cookie] = cookies;
    return {
      statusCode,
      statusDescription: statusDescription(statusCode),
      headers: cookie === undefined ? joined : { ...joined, 'set-cookie': cookie },
      multiValueHeaders: groupHeaders(headers),
    };
  },
  prelude: null,
};
