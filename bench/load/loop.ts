/** What makes a load begin an invocation: the end of another one, or a clock, which does not wait for the adapter. */
export type Loop = { readonly kind: 'closed' } | { readonly kind: 'open'; readonly perSecond: number };
