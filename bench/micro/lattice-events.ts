import { bodyByContentType } from '../emulator/events/body-fields.ts';
import type { ClientRequest } from '../emulator/events/client-request.ts';
import { allValues, joinedValues, lastValues, lowerCase } from '../emulator/events/header-maps.ts';
import { rawPairs } from '../emulator/events/query-pairs.ts';

/**
 * VPC Lattice in event structure 1.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export function latticeV1Event(request: ClientRequest): object {
  const { body, isBase64Encoded } = bodyByContentType(request);
  return {
    raw_path: request.path,
    method: request.method,
    headers: joinedValues(lowerCase(request.headers)),
    query_string_parameters: lastValues(rawPairs(request.query)),
    body,
    is_base64_encoded: isBase64Encoded,
  };
}

/** The same in event structure 2. */
export function latticeV2Event(request: ClientRequest): object {
  const { body, isBase64Encoded } = bodyByContentType(request);
  return {
    version: '2.0',
    path: request.path,
    method: request.method,
    headers: allValues(lowerCase(request.headers)),
    queryStringParameters: allValues(rawPairs(request.query)),
    body,
    isBase64Encoded,
    requestContext: {
      serviceNetworkArn: 'arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/sn-0123456789abcdef0',
      serviceArn: 'arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-0123456789abcdef0',
      targetGroupArn: 'arn:aws:vpc-lattice:us-east-1:123456789012:targetgroup/tg-0123456789abcdef0',
      identity: { sourceVpcArn: 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0' },
      region: 'us-east-1',
      timeEpoch: '1767268800000000',
    },
  };
}
