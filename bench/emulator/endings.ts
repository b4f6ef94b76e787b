import type { InvokeOutcome } from './types.ts';

/** What becomes of invocations when their environment is gone. */
export type Ending = (requestId: string) => InvokeOutcome;

export const refused: Ending = (requestId) => ({ kind: 'refused', requestId });

export function failedWith(errorType: string, errorMessage: string): Ending {
  return reported(errorType, JSON.stringify({ errorType, errorMessage }));
}

/** A failure whose report is at hand. */
export function reported(errorType: string, body: string): Ending {
  return (requestId) => ({ kind: 'error', requestId, errorType, body, headers: {} });
}
