import { kParser, kSocket } from 'undici/lib/core/symbols.js';

type OnHeadersComplete = (status: number, ...rest: readonly unknown[]) => unknown;

const CONTINUE = 100;
/** Any other interim status: undici skips those. */
const PROCESSING = 102;

/**
 * Makes a connection skip a `100 Continue`. undici, which never asks for one, takes it for a broken response; servers that
 * send it all the same exist, and a client has to put up with them.
 *
 * @param client an undici client that has just connected
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.2
 */
export function skipContinue(client: unknown): void {
  const parser = member(member(client, kSocket), kParser);
  if (!isParser(parser)) return;
  const onHeadersComplete = parser.onHeadersComplete;
  parser.onHeadersComplete = function (this: unknown, status, ...rest) {
    return onHeadersComplete.call(this, status === CONTINUE ? PROCESSING : status, ...rest);
  };
}

function member(of: unknown, key: symbol): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
}

function isParser(parser: unknown): parser is { onHeadersComplete: OnHeadersComplete } {
  return (
    typeof parser === 'object' &&
    parser !== null &&
    'onHeadersComplete' in parser &&
    typeof parser.onHeadersComplete === 'function'
  );
}
