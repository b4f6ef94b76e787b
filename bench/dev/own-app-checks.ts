import type { Check } from './check.ts';

/** What can be asked of an app that nobody here knows: `/` and the paths that the user named. */
export function ownAppChecks(paths: readonly string[]): Check[] {
  return ['/', ...paths].map((path) => ({
    method: 'GET',
    path,
    shows: '',
    // A 404 is an answer of the app; 500 and above is a failure of its own or of the way to it.
    verify: ({ status, body }) =>
      status < 500 ? null : `status ${status}: ${body.subarray(0, 300).toString().trim() || 'no body'}`,
  }));
}
