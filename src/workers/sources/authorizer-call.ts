import { isAbsent, type JsonObject } from '../request/fields.ts';

/**
 * Whether API Gateway asks for a decision about a request. The event looks like the request itself, but what it needs back
 * is a policy, so it goes where events go.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function isAuthorizerCall(event: JsonObject): boolean {
  if (event.type !== 'REQUEST' && event.type !== 'TOKEN') return false;
  return !isAbsent(event.methodArn) || !isAbsent(event.routeArn);
}
