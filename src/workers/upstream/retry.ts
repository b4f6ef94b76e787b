import { codeOf } from '../../shared/errors.ts';
import { ClosedError } from './exchange.ts';

/** One try at a request, as far as it got. */
export interface Attempt {
  /** `queued` until it is written to a connection, `responding` from the first byte of a response, `body` after its head. */
  stage: 'queued' | 'sent' | 'responding' | 'body';
  /** The connection had served another request before. */
  isReused: boolean;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
const IDEMPOTENT_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/**
 * Whether a failed request may go out once more: the app closed an idle connection just when we reused it, which no
 * timeout can rule out. A request that was written may have had its effect, so only an idempotent one is repeated.
 */
export function isWorthRetry(method: string, { stage, isReused }: Attempt, error: unknown): boolean {
  if (!isClosed(error)) return false;
  return stage === 'queued' || (stage === 'sent' && isReused && isRepeatable(method));
}

export function isRepeatable(method: string): boolean {
  return IDEMPOTENT_METHODS.has(method);
}

/** Whether the other side has ended the connection. */
export function isClosed(error: unknown): boolean {
  const code = codeOf(error);
  return error instanceof ClosedError || code === 'ECONNRESET' || code === 'EPIPE';
}
