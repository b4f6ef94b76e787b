/**
 * Why an invocation (or the start) failed, under names that users may match on: they are part of the interface and
 * documented in the README. The platform accepts `(Runtime|Function).[A-Z][a-zA-Z]+`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export const ERROR_TYPES = [
  /** The event is not JSON, or a field that a request needs has an impossible value. */
  'Function.InvalidEvent',
  /** Nothing listens at the app's address. */
  'Function.AppConnectionRefused',
  /** The app closed or reset the connection before a whole response had arrived. */
  'Function.AppConnectionReset',
  /** The app's answer is not HTTP/1.1 as specified. */
  'Function.AppInvalidResponse',
  /** The app did not finish before the invocation's deadline. */
  'Function.AppTimeout',
  /** The app answered with a status that is configured to fail the invocation. */
  'Function.AppErrorStatus',
  /** The answer is larger than a buffered response may be. */
  'Function.ResponseTooLarge',
  /** The metadata in front of a streamed body is larger than the platform reads. */
  'Function.ResponseHeadTooLarge',
  /** The app did not become ready in the time allowed. */
  'Function.AppNotReady',
  /** The app did not say yes to the request that prepares it for a snapshot. */
  'Runtime.BeforeCheckpointError',
  /** The app did not say yes to the request that tells it of a restore. */
  'Runtime.AfterRestoreError',
  /** A variable has a value that the adapter does not accept. */
  'Runtime.InvalidConfig',
  /** Lambda did not take the adapter as an extension. */
  'Runtime.RegistrationFailed',
  /** The execution environment ends before the app had answered. */
  'Runtime.Shutdown',
  /** The worker thread that served the invocation died. */
  'Runtime.WorkerCrashed',
  /** A defect of the adapter itself. */
  'Runtime.AdapterError',
] as const;

export type ErrorType = (typeof ERROR_TYPES)[number];

/** A failure as data: what crosses threads and what is posted to the platform. */
export interface Failure {
  readonly errorType: ErrorType;
  /** Says what was wrong and what to do about it. */
  readonly errorMessage: string;
}

export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly errorType: ErrorType;

  constructor(errorType: ErrorType, message: string, options?: ErrorOptions) {
    super(message, options);
    this.errorType = errorType;
  }
}

/** Anything thrown becomes a failure; what is not an {@link AdapterError} is a defect and keeps its message. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof AdapterError) return { errorType: thrown.errorType, errorMessage: thrown.message };
  return { errorType: 'Runtime.AdapterError', errorMessage: `internal error of the adapter: ${messageOf(thrown)}` };
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` that Node puts on its errors; null when there is none. */
export function codeOf(thrown: unknown): string | null {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}

export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
