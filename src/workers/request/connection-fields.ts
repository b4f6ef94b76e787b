import type { RequestHeaders } from './request-headers.ts';

/** Fields for every recipient: a client that lists them hides what the front door says about it. */
const END_TO_END = /^(?:authorization|cache-control|content-.+|cookie|forwarded|host|via|x-amzn-.+|x-forwarded-.+)$/;

/**
 * Drops `connection` and the fields that it names: they were for the front door.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
export function dropConnectionFields(headers: RequestHeaders): void {
  const options = headers.get('connection');
  if (options === undefined) return;
  headers.delete('connection');
  for (const option of options.join(',').split(',')) {
    const name = option.trim().toLowerCase();
    if (!END_TO_END.test(name)) headers.delete(name);
  }
}
