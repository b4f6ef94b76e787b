import type { Failure } from '../../shared/errors.ts';

/** A failure in the form in which the platform takes it, for `/error`, `/init/error` and error trailers. */
export function reportBody(failure: Failure): Buffer {
  return Buffer.from(JSON.stringify({ ...failure, stackTrace: [] }));
}
