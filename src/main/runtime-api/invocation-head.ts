import type { Invocation } from '../../shared/protocol.ts';
import type { AnswerTarget } from './client.ts';
import { headerOf, textHeaderOf, type HttpResponse } from '../http-client/http-response.ts';

export interface ReceivedInvocation {
  readonly target: AnswerTarget;
  readonly invocation: Invocation;
}

/**
 * Reads an answer of `/runtime/invocation/next`; null when it is no invocation. Managed Instances send headers that
 * have no value empty instead of leaving them out.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-next
 */
export function parseInvocation(response: HttpResponse): ReceivedInvocation | null {
  const requestId = textHeaderOf(response, 'lambda-runtime-aws-request-id');
  if (response.status !== 200 || requestId === null) return null;
  const deadlineMs = Number(headerOf(response, 'lambda-runtime-deadline-ms'));
  return {
    target: { requestId, invocationId: headerOf(response, 'lambda-runtime-invocation-id') },
    invocation: {
      requestId,
      deadlineMs: Number.isFinite(deadlineMs) ? deadlineMs : 0,
      functionArn: textHeaderOf(response, 'lambda-runtime-invoked-function-arn'),
      traceId: textHeaderOf(response, 'lambda-runtime-trace-id'),
      clientContext: textHeaderOf(response, 'lambda-runtime-client-context'),
      cognitoIdentity: textHeaderOf(response, 'lambda-runtime-cognito-identity'),
      tenantId: textHeaderOf(response, 'lambda-runtime-aws-tenant-id'),
      event: response.body,
    },
  };
}
