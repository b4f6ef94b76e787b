type Fields = Record<string, unknown>;

export function functionUrlEvent(fields: Fields = {}): Fields {
  return {
    ...httpApiEvent(),
    requestContext: {
      ...httpApiContext,
      domainName: 'a1b2.lambda-url.eu-west-1.on.aws',
    },
    ...fields,
  };
}

const httpApiContext = {
  accountId: 'anonymous',
  apiId: 'a1b2',
  domainName: 'a1b2.execute-api.eu-west-1.amazonaws.com',
  http: { method: 'GET', path: '/items', protocol: 'HTTP/1.1', sourceIp: '192.0.2.7', userAgent: 'test' },
  requestId: 'context-1',
  routeKey: '$default',
  stage: '$default',
  timeEpoch: 1_767_323_045_000,
};

export function httpApiEvent(fields: Fields = {}): Fields {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/items',
    rawQueryString: '',
    headers: { host: 'shop.example.com' },
    requestContext: httpApiContext,
    isBase64Encoded: false,
    ...fields,
  };
}

export function httpApiEventWithMethod(method: unknown): Fields {
  return httpApiEvent({ requestContext: { ...httpApiContext, http: { ...httpApiContext.http, method } } });
}

export function restEvent(fields: Fields = {}): Fields {
  return {
    resource: '/{proxy+}',
    path: '/items',
    httpMethod: 'GET',
    headers: { Host: 'shop.example.com' },
    multiValueHeaders: { Host: ['shop.example.com'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: { accountId: '123456789012', httpMethod: 'GET', stage: 'prod', identity: null },
    body: null,
    isBase64Encoded: false,
    ...fields,
  };
}

export function httpApiV1Event(fields: Fields = {}): Fields {
  return restEvent({ version: '1.0', ...fields });
}

export function albEvent(fields: Fields = {}): Fields {
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1' } },
    httpMethod: 'GET',
    path: '/items',
    queryStringParameters: {},
    headers: { host: 'shop.example.com' },
    body: '',
    isBase64Encoded: false,
    ...fields,
  };
}

export function albMultiValueEvent(fields: Fields = {}): Fields {
  const { headers: _single, queryStringParameters: _parameters, ...event } = albEvent();
  return {
    ...event,
    multiValueHeaders: { host: ['shop.example.com'] },
    multiValueQueryStringParameters: {},
    ...fields,
  };
}

export function latticeV1Event(fields: Fields = {}): Fields {
  return {
    raw_path: '/items',
    method: 'GET',
    headers: { host: 'shop.example.com' },
    query_string_parameters: {},
    body: '',
    is_base64_encoded: false,
    ...fields,
  };
}

export function latticeV2Event(fields: Fields = {}): Fields {
  return {
    version: '2.0',
    path: '/items',
    method: 'GET',
    headers: { host: ['shop.example.com'] },
    queryStringParameters: {},
    requestContext: {
      serviceNetworkArn: 'arn:aws:vpc-lattice:eu-west-1:123456789012:servicenetwork/sn-1',
      serviceArn: 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-1',
      targetGroupArn: 'arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-1',
      region: 'eu-west-1',
      timeEpoch: '1767323045000000',
    },
    isBase64Encoded: false,
    ...fields,
  };
}

/** One request event per source. */
export const REQUEST_EVENTS: readonly (readonly [source: string, event: Fields])[] = [
  ['function URL', functionUrlEvent()],
  ['HTTP API', httpApiEvent()],
  ['HTTP API with payload 1.0', httpApiV1Event()],
  ['REST API', restEvent()],
  ['load balancer', albEvent()],
  ['load balancer with multi-value headers', albMultiValueEvent()],
  ['VPC Lattice 1', latticeV1Event()],
  ['VPC Lattice 2', latticeV2Event()],
];
