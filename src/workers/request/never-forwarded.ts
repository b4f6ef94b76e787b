/** The fields that the app may trust because only the adapter sets them. */
export const REQUEST_CONTEXT = 'x-amzn-request-context';
export const LAMBDA_CONTEXT = 'x-amzn-lambda-context';
export const TENANT_ID = 'x-amz-tenant-id';

/**
 * Fields of an event that never reach the app: what described the client's connection or the framing of its message, which
 * the adapter's own request replaces, and copies of our own fields.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
const NEVER_FORWARDED: ReadonlySet<string> = new Set([
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  REQUEST_CONTEXT,
  LAMBDA_CONTEXT,
  TENANT_ID,
]);

/**
 * Whether a field, by its lower-case name, stays behind. CGI-like interfaces (WSGI, Rack) read `_` as `-`, so names that
 * become the same there stay behind too.
 */
export function isNeverForwarded(name: string): boolean {
  return NEVER_FORWARDED.has(name) || (name.includes('_') && NEVER_FORWARDED.has(name.replaceAll('_', '-')));
}
