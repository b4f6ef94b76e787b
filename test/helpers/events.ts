/** Events as the sources write them, with the fields that matter here. */

export interface EventRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** The services whose events are HTTP requests. */
export const HTTP_SOURCES = [
  'function-url',
  'http-api',
  'http-api-v1',
  'rest',
  'alb',
  'alb-multi-value',
  'vpc-lattice-v1',
  'vpc-lattice-v2',
] as const;

export type HttpSource = (typeof HTTP_SOURCES)[number];

const HOST = 'app.example.com';

function withHost(headers: EventRequest['headers']): Record<string, string> {
  return { host: HOST, 'x-forwarded-proto': 'https', ...headers };
}

function payload2(domainName: string, { method = 'GET', path = '/', query = '', ...rest }: EventRequest) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: withHost(rest.headers),
    requestContext: {
      accountId: '123456789012',
      apiId: 'api1234567',
      domainName,
      domainPrefix: 'api1234567',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
    },
    ...(rest.body !== undefined && { body: rest.body }),
    isBase64Encoded: rest.isBase64Encoded ?? false,
  };
}

function parametersOf(query: string): [string, string][] {
  return query === ''
    ? []
    : query.split('&').map((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return [name, value];
      });
}

function listsOf(entries: readonly (readonly [string, string])[]): Record<string, string[]> {
  const lists = Map.groupBy(entries, ([name]) => name);
  return Object.fromEntries([...lists].map(([name, list]) => [name, list.map(([, value]) => value)]));
}

function restEvent({ method = 'GET', path = '/', query = '', ...rest }: EventRequest) {
  const headers = withHost(rest.headers);
  const parameters = parametersOf(query);
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: listsOf(Object.entries(headers)),
    queryStringParameters: Object.fromEntries(parameters),
    multiValueQueryStringParameters: listsOf(parameters),
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api1234567',
      domainName: HOST,
      extendedRequestId: 'extended-1',
      httpMethod: method,
      identity: { sourceIp: '192.0.2.1', userAgent: 'test' },
      path: `/prod${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'request-1',
      requestTimeEpoch: 1_767_225_600_000,
      resourcePath: '/{proxy+}',
      stage: 'prod',
    },
    body: rest.body ?? null,
    isBase64Encoded: rest.isBase64Encoded ?? false,
  };
}

function albEvent({ method = 'GET', path = '/', query = '', ...rest }: EventRequest) {
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/1' } },
    httpMethod: method,
    path,
    queryStringParameters: Object.fromEntries(parametersOf(query)),
    headers: withHost(rest.headers),
    body: rest.body ?? '',
    isBase64Encoded: rest.isBase64Encoded ?? false,
  };
}

/** One maker per source of HTTP requests. */
export const httpEvents = {
  'function-url': (fields: EventRequest) => payload2('abcdefgh.lambda-url.us-east-1.on.aws', fields),
  'http-api': (fields: EventRequest) => payload2('api1234567.execute-api.us-east-1.amazonaws.com', fields),
  'http-api-v1': (fields: EventRequest) => ({ version: '1.0', ...restEvent(fields) }),
  rest: restEvent,
  alb: albEvent,
  'alb-multi-value': (fields: EventRequest) => {
    const { headers, queryStringParameters, ...rest } = albEvent(fields);
    return {
      ...rest,
      multiValueHeaders: listsOf(Object.entries(headers)),
      multiValueQueryStringParameters: listsOf(Object.entries(queryStringParameters)),
    };
  },
  'vpc-lattice-v1': ({ method = 'GET', path = '/', query = '', ...rest }: EventRequest) => ({
    raw_path: path,
    method,
    headers: withHost(rest.headers),
    query_string_parameters: Object.fromEntries(parametersOf(query)),
    body: rest.body ?? '',
    is_base64_encoded: rest.isBase64Encoded ?? false,
  }),
  'vpc-lattice-v2': ({ method = 'GET', path = '/', query = '', ...rest }: EventRequest) => ({
    version: '2.0',
    path,
    method,
    headers: listsOf(Object.entries(withHost(rest.headers))),
    queryStringParameters: listsOf(parametersOf(query)),
    body: rest.body ?? '',
    isBase64Encoded: rest.isBase64Encoded ?? false,
    requestContext: {
      serviceNetworkArn: 'arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/sn-1',
      serviceArn: 'arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-1',
      targetGroupArn: 'arn:aws:vpc-lattice:us-east-1:123456789012:targetgroup/tg-1',
      region: 'us-east-1',
      timeEpoch: '1767225600000000',
    },
  }),
} satisfies Record<HttpSource, (fields: EventRequest) => object>;

/** A request through a function URL, the shortest way to say "some invocation". */
export function request(path: string, rest: Omit<EventRequest, 'path'> = {}) {
  return httpEvents['function-url']({ path, ...rest });
}

/** An event that is no HTTP request. */
export function queueEvent(...bodies: readonly string[]) {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `message-${index}`,
      body,
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:queue',
      awsRegion: 'us-east-1',
    })),
  };
}
