import { isObject, type JsonObject } from './fields.ts';

/** The names of an app's fields in the client context, as the mobile SDKs send them and as apps read them. */
const CLIENT_FIELDS = [
  ['installation_id', 'installationId'],
  ['app_title', 'appTitle'],
  ['app_version_name', 'appVersionName'],
  ['app_version_code', 'appVersionCode'],
  ['app_package_name', 'appPackageName'],
] as const;

/**
 * JSON of the client context that a direct caller sent; `null` when it sent none or no JSON object. Anyone who may invoke
 * the function chooses it, so nothing about it can fail the invocation.
 */
export function clientContextJson(text: string | null): string {
  return rewriteJson(text, (context) => ({
    ...context,
    client: isObject(context.client) ? camelCaseClient(context.client) : null,
    custom: context.custom ?? {},
    environment: context.environment ?? {},
  }));
}

/** JSON of the Cognito identity of a direct caller; `null` when there is none. Lenient like the client context. */
export function cognitoIdentityJson(text: string | null): string {
  return rewriteJson(text, (identity) => ({
    identityId: identity.identityId ?? identity.cognitoIdentityId ?? null,
    identityPoolId: identity.identityPoolId ?? identity.cognitoIdentityPoolId ?? null,
  }));
}

function camelCaseClient(client: JsonObject): JsonObject {
  const renamed: Record<string, unknown> = { ...client };
  for (const [snakeCase, camelCase] of CLIENT_FIELDS) {
    if (!(snakeCase in renamed)) continue;
    renamed[camelCase] ??= renamed[snakeCase];
    delete renamed[snakeCase];
  }
  return renamed;
}

function rewriteJson(text: string | null, rewrite: (value: JsonObject) => JsonObject): string {
  if (text === null) return 'null';
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? JSON.stringify(rewrite(value)) : 'null';
  } catch {
    return 'null';
  }
}
