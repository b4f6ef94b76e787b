import { readEvent, type RequestFixture } from './fixtures.ts';

export interface ExpectedRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly target: string;
  /** Values by lower-case name, one per line. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
  /** Recorded as a request, but an event. */
  readonly becomesEvent: boolean;
  /** Recorded as an event or as a failure, but a request. */
  readonly becomesRequest: boolean;
  readonly hasOtherBody: boolean;
}

export type Expectation =
  | ExpectedRequest
  | { readonly kind: 'failure'; readonly errorType: string; readonly message: RegExp };

interface Improvement {
  /** Why what was recorded is not what an app should get. */
  readonly reason: string;
  readonly files: readonly string[];
  readonly apply: (expected: ExpectedRequest, event: EventFields, recordedBody: Buffer) => Expectation;
}

/** What improvements read of an event. */
interface EventFields {
  readonly path?: string;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly httpMethod?: string;
  readonly method?: string;
  readonly requestContext?: { readonly http?: { readonly method?: string } };
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
  readonly cookies?: readonly string[];
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean | null;
  readonly is_base64_encoded?: boolean;
}

/** Everything in which a request differs from the recorded one beyond the `better` values that the recordings come with. */
export const REQUEST_IMPROVEMENTS: readonly Improvement[] = [
  {
    reason: 'fields about the client connection end at the front door (RFC 9110, 7.6.1)',
    files: [
      'alb-multivalue__headers',
      'alb__headers-only',
      'alb__powertools-base',
      'apigw-http-v2__sam-local',
      'apigw-http-v2__sam-local-query',
      'apigw-http-v2__syn-hop-by-hop',
      'apigw-rest__sam-local-get',
    ],
    apply: (expected) => without(expected, 'connection', 'keep-alive', 'te'),
  },
  {
    reason: 'cookies are joined with "; " (RFC 6265, 4.2.1)',
    files: [
      'apigw-http-v2__iam-authorizer',
      'apigw-http-v2__jwt-authorizer',
      'apigw-http-v2__lambda-authorizer',
      'apigw-http-v2__path-with-space',
      'apigw-http-v2__query-case',
      'apigw-http-v2__stage-in-path',
      'function-url__post-json-cookies',
    ],
    apply: (expected, { cookies = [] }) => withHeaders(expected, { cookie: [cookies.join('; ')] }),
  },
  {
    reason: 'cookie lines are joined: HTTP/1.1 apps may read only the first (RFC 9113, 8.2.3)',
    files: ['alb-multivalue__query-encoded', 'alb-multivalue__syn-duplicate-headers'],
    apply: (expected, event) => withHeaders(expected, { cookie: [(headersOf(event)['cookie'] ?? []).join('; ')] }),
  },
  {
    reason: 'a list without cookies adds no empty cookie field',
    files: ['apigw-http-v2__sam-local', 'apigw-http-v2__sam-local-query', 'apigw-http-v2__syn-cookies-empty'],
    apply: (expected, event) => {
      const { cookie } = headersOf(event);
      return cookie === undefined ? without(expected, 'cookie') : withHeaders(expected, { cookie });
    },
  },
  {
    reason: 'the map with all values wins, name by name',
    files: ['apigw-rest__multi-value-params', 'apigw-websocket__message-with-method'],
    apply: (expected, event) => withHeaders(expected, headersOf(event)),
  },
  {
    reason: 'a copy of a header that only the adapter sets does not reach the app',
    files: ['apigw-rest__syn-spoofed-context-headers'],
    apply: (expected) => without(expected, 'x-amz-tenant-id'),
  },
  {
    reason: 'it is a request, whatever one field looks like: an app may trust the path of events',
    files: [
      'alb-multivalue__put-body-null-query',
      'alb__put-base64-null-query',
      'apigw-http-v2__mtls-without-validity',
      'apigw-http-v2__syn-path-alias-duplicate',
      'apigw-rest__syn-query-null-value',
      'vpc-lattice-v1__powertools-base',
      'vpc-lattice-v1__request',
      'vpc-lattice-v2__post-base64',
      'vpc-lattice-v2__powertools-base',
      'vpc-lattice-v2__request',
      'vpc-lattice-v2__roles-anywhere',
    ],
    apply: asRequest,
  },
  {
    reason: 'no field of the event is ever parsed as a URL, so none of them can fail it',
    files: [
      'apigw-rest__console-template-bad-host',
      'function-url__aws-doc-sample-placeholder-domain',
      'function-url__sample-get-placeholder-domain',
      'function-url__sample-iam-placeholder-domain',
      'function-url__syn-forwarded-proto-list',
    ],
    apply: asRequest,
  },
  {
    reason: 'the length of the body is that of the body, whatever the event says',
    files: ['apigw-http-v2__cookies-multiple'],
    apply: asRequest,
  },
  {
    reason: 'controls in the context are escaped',
    files: ['function-url__syn-context-del-char'],
    apply: asRequest,
  },
  {
    reason: 'text that cannot be in a host field does not get there: the app sees its own authority',
    files: ['apigw-rest__console-template-bad-host', 'function-url__sample-get-placeholder-domain'],
    apply: (expected) => without(expected, 'host'),
  },
  {
    reason: 'an authorizer call needs a policy back: it is an event',
    files: [
      'apigw-authorizer__http-v1',
      'apigw-authorizer__http-v2-no-identity-source',
      'apigw-authorizer__rest-request-type',
    ],
    apply: (expected, _event, bytes) => ({
      ...expected,
      headers: { 'content-type': ['application/json'] },
      body: Buffer.from(bytes.toString('utf8').trim()),
      becomesEvent: true,
      hasOtherBody: true,
    }),
  },
  {
    reason: 'a body that says it is base64 and is not has no bytes that could be sent',
    files: ['alb-multivalue__invalid-base64-body', 'alb__invalid-base64-body', 'apigw-http-v2__invalid-base64-body'],
    apply: () => ({ kind: 'failure', errorType: 'Function.InvalidEvent', message: /\bbody\b.*\bbase64\b/ }),
  },
];

/** Fixtures whose `better` has a remark in words, with where it is seen to. */
export const NOTED: Readonly<Record<string, string>> = {
  'alb-multivalue__invalid-base64-body': 'a failure, see the improvement; the process lives, see the suite',
  'alb-multivalue__query-encoded': 'the cookie line, see the improvement',
  'alb-multivalue__query-mixed-encoding': 'its target',
  'alb__invalid-base64-body': 'a failure, see the improvement',
  'alb__query-mixed-encoding': 'its target',
  'alb__syn-query-latin1': 'its target',
  'alb__syn-query-raw-ampersand': 'the recorded target is the verbatim one',
  'apigw-authorizer__http-v1': 'an event, see the improvement',
  'apigw-authorizer__http-v2-no-identity-source': 'an event, see the improvement',
  'apigw-authorizer__rest-request-type': 'an event, see the improvement',
  'apigw-http-v2__cookies-multiple': 'the real length, see the improvement',
  'apigw-http-v2__invalid-base64-body': 'a failure, see the improvement',
  'apigw-http-v2__syn-cookies-empty': 'no empty cookie field, see the improvement',
  'apigw-http-v2__syn-query-fragment': 'its target',
  'apigw-rest__missing-fields':
    'as recorded: REST events have a context, and without one a Bedrock agent looks the same',
  'apigw-rest__multi-value-params': 'both values, see the improvement',
  'apigw-rest__syn-path-control': 'its target',
  'apigw-rest__syn-query-null-value': 'a request, see the improvement',
  'apigw-rest__syn-spoofed-context-headers': 'the tenant id, see the improvement',
  'function-url__aws-doc-sample-placeholder-domain': 'a request, see the improvement',
  'function-url__sample-iam-placeholder-domain': 'a request, see the improvement',
  'function-url__syn-context-del-char': 'a request with an escaped context, see the improvement',
};

export function expectationOf(file: string, fixture: RequestFixture): Expectation {
  const bytes = readEvent(fixture);
  let expected: Expectation = recorded(fixture);
  for (const { files, apply } of REQUEST_IMPROVEMENTS) {
    if (expected.kind === 'request' && files.includes(file)) expected = apply(expected, parse(bytes), bytes);
  }
  return expected;
}

/** Whether the improvements change anything about this fixture. */
export function isImproved(file: string, fixture: RequestFixture): boolean {
  return JSON.stringify(expectationOf(file, fixture)) !== JSON.stringify(recorded(fixture));
}

function recorded({ expect: sent, better }: RequestFixture): ExpectedRequest {
  return {
    kind: 'request',
    method: better?.method ?? sent?.method ?? '',
    target: better?.target ?? sent?.target ?? '',
    headers: lists({ ...sent?.headers, ...better?.headers }),
    body: Buffer.from(sent?.bodyBase64 ?? '', 'base64'),
    becomesEvent: false,
    becomesRequest: false,
    hasOtherBody: false,
  };
}

/** The request that the event's own fields spell out; method and target as the recording has them, where it does. */
function asRequest(expected: ExpectedRequest, event: EventFields): ExpectedRequest {
  const headers = headersOf(event);
  const { cookies = [], body } = event;
  const isBase64 = event.isBase64Encoded === true || event.is_base64_encoded === true;
  const query = event.rawQueryString === undefined || event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  return {
    ...expected,
    method: expected.method || (event.httpMethod ?? event.method ?? event.requestContext?.http?.method ?? ''),
    target: expected.target || `${event.rawPath ?? event.path ?? ''}${query}`,
    headers: cookies.length > 0 ? { ...headers, cookie: [cookies.join('; ')] } : headers,
    body: Buffer.from(body ?? '', isBase64 ? 'base64' : 'utf8'),
    becomesRequest: true,
    hasOtherBody: true,
  };
}

/** All header lines of an event, by lower-case name; the length of the body is looked at apart. */
function headersOf({ headers, multiValueHeaders }: EventFields): Record<string, readonly string[]> {
  const { 'content-length': _, ...lines } = { ...lists(headers ?? {}), ...lists(multiValueHeaders ?? {}) };
  return lines;
}

function lists(map: Readonly<Record<string, string | readonly string[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name.toLowerCase(), [value].flat()]));
}

function withHeaders(expected: ExpectedRequest, headers: ExpectedRequest['headers']): ExpectedRequest {
  return { ...expected, headers: { ...expected.headers, ...headers } };
}

function without(expected: ExpectedRequest, ...names: readonly string[]): ExpectedRequest {
  const kept = Object.entries(expected.headers).filter(([name]) => !names.includes(name));
  return { ...expected, headers: Object.fromEntries(kept) };
}

function parse(bytes: Buffer): EventFields {
  return JSON.parse(bytes.toString('utf8'));
}
