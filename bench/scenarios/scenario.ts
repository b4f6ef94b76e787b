/** What is sent through an adapter again and again, and what has to come back. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Variables that every adapter gets for it. */
  readonly adapterEnv: Readonly<Record<string, string>>;
  readonly event: Buffer;
  /** The app's answer, always the same: this body, so many times in a row. */
  readonly answer: { readonly contentType: string; readonly body: Buffer; readonly times: number };
  /** Whether the adapter has to stream it instead of answering all at once, in which case it is there once. */
  readonly isStreamed: boolean;
  /** How the adapter has to compress it; null for not at all. */
  readonly contentCoding: ContentCoding | null;
}

export function answerBytes({ answer: { body, times } }: Scenario): number {
  return body.length * times;
}

export type ContentCoding = 'gzip' | 'br';
