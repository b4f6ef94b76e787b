/** What a client made of what the app sent. */
export type Outcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** In the order of their names; those of one name as they came. */
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: string;
    }
  | { readonly kind: 'refused'; readonly reason: string }
  /** The app has sent everything, but the client expects more. */
  | { readonly kind: 'waits' };

export function answered(status: number, headers: readonly (readonly [string, string])[], body: Buffer): Outcome {
  const sorted = headers.toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return { kind: 'answered', status, headers: sorted, body: body.toString('latin1') };
}
