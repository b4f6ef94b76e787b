import { bodyByBytes } from './body-fields.ts';
import type { ClientRequest } from './client-request.ts';
import { allValues, headerValue, lastValues, withoutHopByHop } from './header-maps.ts';
import { decodedPairs } from './query-pairs.ts';
import { requestTime } from './request-time.ts';

const STAGE = 'prod';

/**
 * The Lambda proxy integration of a REST API with the resources `/` and `/{proxy+}`, called by a custom domain, so without
 * the stage in the path. Path escapes stay, query values come decoded.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function restEvent(request: ClientRequest): object {
  const lines = withoutHopByHop(request.headers);
  const pairs = decodedPairs(request.query);
  const isRoot = request.path === '/';
  const resource = isRoot ? '/' : '/{proxy+}';
  const domainName = request.host.replace(/:\d+$/, '');
  return {
    resource,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(lines),
    multiValueHeaders: allValues(lines),
    queryStringParameters: pairs.length > 0 ? lastValues(pairs) : null,
    multiValueQueryStringParameters: pairs.length > 0 ? allValues(pairs) : null,
    pathParameters: isRoot ? null : { proxy: request.path.replace(/^\//, '') },
    stageVariables: null,
    requestContext: {
      resourceId: '123456',
      resourcePath: resource,
      httpMethod: request.method,
      extendedRequestId: request.requestId.slice(-12),
      requestTime: requestTime(request.receivedAt),
      path: request.path,
      accountId: '123456789012',
      protocol: request.protocol,
      stage: STAGE,
      domainPrefix: domainName.split('.', 1)[0],
      requestTimeEpoch: request.receivedAt,
      requestId: request.requestId,
      identity: {
        ...ANONYMOUS,
        sourceIp: request.sourceIp,
        userAgent: headerValue(lines, 'user-agent'),
      },
      domainName,
      deploymentId: '123456',
      apiId: 'localhost',
    },
    ...(request.body.length > 0 ? bodyByBytes(request) : { body: null, isBase64Encoded: false }),
  };
}

const ANONYMOUS = {
  cognitoIdentityPoolId: null,
  accountId: null,
  cognitoIdentityId: null,
  caller: null,
  principalOrgId: null,
  accessKey: null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: null,
  user: null,
};
