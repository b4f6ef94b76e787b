import { bodyOf } from '../request/body.ts';
import { isAbsent, isObject, textOf } from '../request/fields.ts';
import { methodOf } from '../request/method.ts';
import { encodedQuery } from '../request/query.ts';
import { headersFromMap } from '../request/request-headers.ts';
import type { EventSource } from './source.ts';
import { latticeAnswer } from './vpc-lattice-v1.ts';

/**
 * VPC Lattice, event structure 2: header and query values are lists.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const vpcLatticeV2: EventSource = {
  matches: ({ requestContext }) =>
    isObject(requestContext) && !(isAbsent(requestContext.serviceArn) && isAbsent(requestContext.serviceNetworkArn)),
  read: (event, json) => ({
    method: methodOf(event.method, 'method'),
    path: textOf(event.path, 'path'),
    query: encodedQuery(event, json, 'queryStringParameters'),
    headers: headersFromMap(event, 'headers'),
    body: bodyOf(event.body, 'body', event.isBase64Encoded),
  }),
  answerFor: () => latticeAnswer,
};
