import { bodyByContentType } from './body-fields.ts';
import type { ClientRequest, HeaderLine } from './client-request.ts';
import { allValues, headerValue, joinedValues, lowerCase, withoutHopByHop } from './header-maps.ts';
import { decodedPairs } from './query-pairs.ts';
import { requestTime } from './request-time.ts';

/** Where the two sources of payload format 2.0 differ. */
export interface PayloadV2Traits {
  readonly accountId: string;
  readonly apiId: string;
  /** The path as this source delivers it. */
  readonly path: string;
  /** The `cookie` header stays among the headers, besides the list of cookies. */
  readonly cookieHeader: boolean;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function payloadV2(request: ClientRequest, { accountId, apiId, path, cookieHeader }: PayloadV2Traits): object {
  const lines = lowerCase(withoutHopByHop(request.headers));
  const cookies = cookiesOf(lines);
  const pairs = decodedPairs(request.query);
  const domainName = request.host.replace(/:\d+$/, '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: request.query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: joinedValues(cookieHeader ? lines : lines.filter(([name]) => name !== 'cookie')),
    ...(pairs.length > 0 ? { queryStringParameters: joinedValues(pairs) } : {}),
    requestContext: {
      accountId,
      apiId,
      domainName,
      domainPrefix: domainName.split('.', 1)[0],
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headerValue(lines, 'user-agent') ?? '',
      },
      requestId: request.requestId,
      routeKey: '$default',
      stage: '$default',
      time: requestTime(request.receivedAt),
      timeEpoch: request.receivedAt,
    },
    ...(request.body.length > 0 ? bodyByContentType(request) : { isBase64Encoded: false }),
  };
}

function cookiesOf(lines: readonly HeaderLine[]): string[] {
  const headers = allValues(lines)['cookie'] ?? [];
  const cookies = headers.flatMap((header) => header.split(';'));
  return cookies.map((cookie) => cookie.trim()).filter((cookie) => cookie !== '');
}
