/** A body that the client sends. */
export interface Upload {
  readonly contentType: string;
  readonly body: Buffer;
  /** Whether the platform takes the type for text; all else it sends as base64. */
  readonly isText: boolean;
}

/**
 * A GET, or with an upload a POST, as a Function URL delivers it, with the headers that a browser sends.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function functionUrlEvent(path: string, query: string, acceptEncoding: string, upload: Upload | null): Buffer {
  const isBase64Encoded = upload !== null && !upload.isText;
  const domainName = 'abcdefghijklmnop.lambda-url.us-east-1.on.aws';
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    cookies: ['session=0123456789abcdef', 'theme=dark'],
    headers: {
      accept: 'text/html,application/json,application/xhtml+xml,*/*;q=0.8',
      'accept-encoding': acceptEncoding,
      'accept-language': 'en-GB,en;q=0.7,de;q=0.3',
      'cache-control': 'no-cache',
      ...(upload !== null && { 'content-type': upload.contentType, 'content-length': String(upload.body.length) }),
      host: domainName,
      'sec-fetch-dest': 'document',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-site': 'none',
      'user-agent': userAgent,
      'x-amzn-trace-id': 'Root=1-68000000-0123456789abcdef01234567',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    ...(query === '' ? {} : { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abcdefghijklmnop',
      domainName,
      domainPrefix: 'abcdefghijklmnop',
      http: {
        method: upload === null ? 'GET' : 'POST',
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.7',
        userAgent,
      },
      requestId: '01234567-89ab-cdef-0123-456789abcdef',
      routeKey: '$default',
      stage: '$default',
      time: '01/Jan/2026:12:00:00 +0000',
      timeEpoch: 1_767_268_800_000,
    },
    ...(upload !== null && { body: upload.body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
  return Buffer.from(JSON.stringify(event));
}
