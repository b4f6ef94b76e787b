import type { HttpResponse } from '../http-client/http-response.ts';

export interface ShutdownEvent {
  /** As the platform wrote it: its spelling varies. */
  readonly reason: string;
  /** Epoch milliseconds after which the process is killed; null when the platform did not say. */
  readonly deadlineMs: number | null;
}

/** Reads an answer of `/extension/event/next`; null when it is no SHUTDOWN. */
export function parseShutdown(response: HttpResponse): ShutdownEvent | null {
  if (response.status !== 200) return null;
  const event: unknown = JSON.parse(Buffer.concat(response.body).toString('utf8'));
  if (typeof event !== 'object' || event === null) return null;
  if (!('eventType' in event) || event.eventType !== 'SHUTDOWN') return null;
  const reason =
    'shutdownReason' in event && typeof event.shutdownReason === 'string' ? event.shutdownReason : 'unknown';
  const deadlineMs = 'deadlineMs' in event && typeof event.deadlineMs === 'number' ? event.deadlineMs : 0;
  return { reason, deadlineMs: deadlineMs > 0 ? deadlineMs : null };
}
