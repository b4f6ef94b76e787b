import { isUtf8 } from 'node:buffer';

import { headerValue } from './header-maps.ts';
import type { ClientRequest } from './client-request.ts';

export interface BodyFields {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const TEXTUAL = /^(?:text\/.*|application\/(?:json|javascript|xml)|[^;]*\+(?:json|xml))$/i;

/**
 * Function URLs, HTTP APIs and load balancers go by the content type: what is not text by name is base64, forms included,
 * and so is every body with a content encoding.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function bodyByContentType({ headers, body }: ClientRequest): BodyFields {
  const encoding = headerValue(headers, 'content-encoding') ?? 'identity';
  const type = (headerValue(headers, 'content-type') ?? 'text/plain').split(';', 1)[0] ?? '';
  const textual = encoding.toLowerCase() === 'identity' && TEXTUAL.test(type.trim());
  return textual && isUtf8(body) ? asText(body) : asBase64(body);
}

/** A REST API sends text unless the content type is one of its binary media types: here, all that is not UTF-8. */
export function bodyByBytes({ body }: ClientRequest): BodyFields {
  return isUtf8(body) ? asText(body) : asBase64(body);
}

function asText(body: Buffer): BodyFields {
  return { body: body.toString('utf8'), isBase64Encoded: false };
}

function asBase64(body: Buffer): BodyFields {
  return { body: body.toString('base64'), isBase64Encoded: true };
}
