import type { LambdaEnvironment } from '../../shared/config.ts';
import type { Invocation } from '../../shared/protocol.ts';
import { asciiJson } from './ascii-json.ts';
import { clientContextJson, cognitoIdentityJson } from './caller-context.ts';

/** Makes what tells the app about an invocation and its function; the function's part is written once. */
export function createLambdaContext(lambda: LambdaEnvironment): (invocation: Invocation) => string {
  const envConfig = JSON.stringify({
    function_name: lambda.functionName,
    memory: lambda.memoryMb,
    version: lambda.functionVersion,
    log_stream: lambda.logStream,
    log_group: lambda.logGroup,
  });
  return (invocation) => {
    const arn = invocation.functionArn ?? 'No header lambda-runtime-invoked-function-arn found.';
    return asciiJson(
      `{"request_id":${JSON.stringify(invocation.requestId)}` +
        `,"deadline":${invocation.deadlineMs}` +
        `,"invoked_function_arn":${JSON.stringify(arn)}` +
        `,"xray_trace_id":${JSON.stringify(invocation.traceId)}` +
        `,"client_context":${clientContextJson(invocation.clientContext)}` +
        `,"identity":${cognitoIdentityJson(invocation.cognitoIdentity)}` +
        `,"tenant_id":${JSON.stringify(invocation.tenantId)}` +
        `,"env_config":${envConfig}}`,
    );
  };
}
