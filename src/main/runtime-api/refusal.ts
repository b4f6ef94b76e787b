import { excerptOf, type HttpResponse } from '../http-client/http-response.ts';

/** What the platform has against an answer that was posted; null when it took it. It is the trouble of that invocation alone. */
export function refusalOf(response: HttpResponse): string | null {
  return response.status < 300 ? null : `the platform refused the answer: ${response.status} ${excerptOf(response)}`;
}
