import { bodyOf } from '../request/body.ts';
import { isAbsent, textOf } from '../request/fields.ts';
import { methodOf } from '../request/method.ts';
import { encodedQuery } from '../request/query.ts';
import { headersFromMap } from '../request/request-headers.ts';
import { joinHeadersAndCookies } from './header-maps.ts';
import type { AnswerShape, EventSource } from './source.ts';

/**
 * VPC Lattice, event structure 1: repeated fields come joined with commas.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const vpcLatticeV1: EventSource = {
  matches: (event) => !isAbsent(event.raw_path) && !isAbsent(event.method),
  read: (event, json) => ({
    method: methodOf(event.method, 'method'),
    path: textOf(event.raw_path, 'raw_path'),
    query: encodedQuery(event, json, 'query_string_parameters'),
    headers: headersFromMap(event, 'headers'),
    body: bodyOf(event.body, 'body', event.is_base64_encoded),
  }),
  answerFor: () => latticeAnswer,
};

/** Lattice reads one value per name, in both event structures. */
export const latticeAnswer: AnswerShape = {
  envelope: (statusCode, headers) => ({ statusCode, headers: joinHeadersAndCookies(headers) }),
  prelude: null,
};
