import { describe, expect, it } from 'vitest';
import { parseInvocation } from '../../../../src/main/runtime-api/invocation-head.ts';
import { invocationResponse, response } from '../responses.ts';

describe('an answer of next', () => {
  it('becomes an invocation with everything that the platform says about it', () => {
    const received = parseInvocation(
      invocationResponse('id-1', {
        'lambda-runtime-deadline-ms': '1760000000000',
        'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
        'lambda-runtime-trace-id': 'Root=1-2-3;Sampled=1',
        'lambda-runtime-client-context': '{"custom":{}}',
        'lambda-runtime-cognito-identity': '{"cognitoIdentityId":"a"}',
        'lambda-runtime-aws-tenant-id': Buffer.from('Città').toString('latin1'),
        'lambda-runtime-invocation-id': 'nonce',
      }),
    );
    expect(received?.target).toEqual({ requestId: 'id-1', invocationId: 'nonce' });
    expect(received?.invocation).toEqual({
      requestId: 'id-1',
      deadlineMs: 1_760_000_000_000,
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
      traceId: 'Root=1-2-3;Sampled=1',
      clientContext: '{"custom":{}}',
      cognitoIdentity: '{"cognitoIdentityId":"a"}',
      tenantId: 'Città',
      event: [Buffer.from('{}')],
    });
  });

  it('has null for what is missing or empty, and no deadline where the platform gives none', () => {
    const empty = {
      'lambda-runtime-trace-id': '',
      'lambda-runtime-client-context': '',
      'lambda-runtime-cognito-identity': '',
      'lambda-runtime-aws-tenant-id': '',
      'lambda-runtime-invocation-id': '',
      'lambda-runtime-deadline-ms': '',
    };
    const nothing = {
      deadlineMs: 0,
      functionArn: null,
      traceId: null,
      clientContext: null,
      cognitoIdentity: null,
      tenantId: null,
    };
    for (const headers of [{}, empty]) {
      const received = parseInvocation(invocationResponse('id', headers));
      expect(received?.invocation).toMatchObject(nothing);
      expect(received?.target.invocationId).toBeNull();
    }
    expect(
      parseInvocation(invocationResponse('id', { 'lambda-runtime-deadline-ms': 'soon' }))?.invocation.deadlineMs,
    ).toBe(0);
  });

  it('is no invocation with another status or without a request id', () => {
    expect(parseInvocation(response(500, { 'lambda-runtime-aws-request-id': 'id' }))).toBeNull();
    expect(parseInvocation(response(202, { 'lambda-runtime-aws-request-id': 'id' }))).toBeNull();
    expect(parseInvocation(response(200))).toBeNull();
    expect(parseInvocation(response(200, { 'lambda-runtime-aws-request-id': '' }))).toBeNull();
  });
});
