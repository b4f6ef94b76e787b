import { bodyByContentType } from './body-fields.ts';
import type { ClientRequest } from './client-request.ts';
import { allValues, lastValues, lowerCase } from './header-maps.ts';
import { rawPairs } from './query-pairs.ts';

const TARGET_GROUP = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/function/0123456789abcdef';

/**
 * A Lambda target of an Application Load Balancer. Query names and values stay encoded; without multi-value headers the
 * last of several values is all that the function gets.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function albEvent(request: ClientRequest): object {
  const pairs = rawPairs(request.query);
  return fields(request, { queryStringParameters: lastValues(pairs), headers: lastValues(linesOf(request)) });
}

export function albMultiValueEvent(request: ClientRequest): object {
  const pairs = rawPairs(request.query);
  const multiValueHeaders = allValues(linesOf(request));
  return fields(request, { multiValueQueryStringParameters: allValues(pairs), multiValueHeaders });
}

function fields(request: ClientRequest, maps: object): object {
  return {
    requestContext: { elb: { targetGroupArn: TARGET_GROUP } },
    httpMethod: request.method,
    path: request.path,
    ...maps,
    ...(request.body.length > 0 ? bodyByContentType(request) : { body: '', isBase64Encoded: false }),
  };
}

/** A load balancer keeps even `connection`; the body's framing alone is its own affair. */
function linesOf({ headers }: ClientRequest) {
  return lowerCase(headers).filter(([name]) => name !== 'transfer-encoding');
}
