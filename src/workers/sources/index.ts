import type { JsonObject } from '../request/fields.ts';
import { alb } from './alb.ts';
import { apiGatewayRest } from './api-gateway-rest.ts';
import { isAuthorizerCall } from './authorizer-call.ts';
import { functionUrl } from './function-url.ts';
import { httpApiV1 } from './http-api-v1.ts';
import { httpApi } from './http-api.ts';
import type { EventSource } from './source.ts';
import { vpcLatticeV1 } from './vpc-lattice-v1.ts';
import { vpcLatticeV2 } from './vpc-lattice-v2.ts';

/** The first that matches is it: one that knows more about an event stands before one that knows less. */
const SOURCES: readonly EventSource[] = [
  functionUrl,
  httpApi,
  alb,
  httpApiV1,
  apiGatewayRest,
  vpcLatticeV2,
  vpcLatticeV1,
];

/** Which service made an HTTP request into this event; null when it is no HTTP request. */
export function findSource(event: JsonObject): EventSource | null {
  if (isAuthorizerCall(event)) return null;
  return SOURCES.find((source) => source.matches(event)) ?? null;
}
