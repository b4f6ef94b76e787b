/** What is sent through an adapter again and again, and what has to come back. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Variables that every adapter gets for it. */
  readonly adapterEnv: Readonly<Record<string, string>>;
  readonly event: Buffer;
  /** The app's answer, always the same. */
  readonly answer: { readonly contentType: string; readonly body: Buffer };
  /** How the adapter has to compress it; null for not at all. */
  readonly contentCoding: ContentCoding | null;
}

export type ContentCoding = 'gzip' | 'br';
