import { expect, it } from 'vitest';
import { reportBody } from '../../../../src/main/runtime-api/error-report.ts';

it('a failure is reported in the form of the Runtime API', () => {
  const report: unknown = JSON.parse(
    reportBody({ errorType: 'Function.AppTimeout', errorMessage: 'too "slow" — 日本\n' }).toString('utf8'),
  );
  expect(report).toEqual({ errorType: 'Function.AppTimeout', errorMessage: 'too "slow" — 日本\n', stackTrace: [] });
});
