import { Bench } from 'tinybench';
import { loadConfig } from '../../src/main/config/load.ts';
import type { Invocation } from '../../src/shared/protocol.ts';
import { createDecoder } from '../../src/workers/decode.ts';

/** The same request, `GET /items/7?color=red`, as each service writes it. */
const EVENTS: Readonly<Record<string, object>> = {
  'function URL': payload2('abc.lambda-url.us-east-1.on.aws'),
  'HTTP API': payload2('abc.execute-api.us-east-1.amazonaws.com'),
  'REST API': {
    httpMethod: 'GET',
    path: '/items/7',
    headers: { host: 'api.example.com', accept: '*/*' },
    multiValueHeaders: { host: ['api.example.com'], accept: ['*/*'] },
    multiValueQueryStringParameters: { color: ['red'] },
    requestContext: { httpMethod: 'GET', stage: 'prod', resourcePath: '/items/{id}' },
  },
  ALB: {
    httpMethod: 'GET',
    path: '/items/7',
    headers: { host: 'api.example.com', accept: '*/*' },
    queryStringParameters: { color: 'red' },
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/b' } },
  },
  'VPC Lattice 2': {
    version: '2.0',
    method: 'GET',
    path: '/items/7',
    headers: { host: ['api.example.com'], accept: ['*/*'] },
    queryStringParameters: { color: ['red'] },
    requestContext: { serviceArn: 'arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-1' },
  },
};
const TARGET = '/items/7?color=red';

const { config } = loadConfig({ AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' });
const decode = createDecoder(config);
const bench = new Bench({ name: 'event to request, per source', time: 500 });
for (const [source, event] of Object.entries(EVENTS)) {
  const invocation = invocationOf(event);
  const { target } = decode(invocation).request;
  // Sources can be compared only where they all mean the same request.
  if (target !== TARGET) throw new Error(`${source} became ${target}`);
  bench.add(source, () => decode(invocation));
}
await bench.run();
console.table(bench.table());

function payload2(domainName: string): object {
  return {
    version: '2.0',
    rawPath: '/items/7',
    rawQueryString: 'color=red',
    headers: { host: domainName, accept: '*/*' },
    requestContext: { domainName, http: { method: 'GET', path: '/items/7' } },
    isBase64Encoded: false,
  };
}

function invocationOf(event: object): Invocation {
  return {
    requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
    deadlineMs: Date.now() + 3000,
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:bench',
    traceId: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1',
    clientContext: null,
    cognitoIdentity: null,
    tenantId: null,
    event: [Buffer.from(JSON.stringify(event))],
  };
}
