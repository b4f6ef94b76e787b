/**
 * The error type that the platform records: its own name for the kind of error where the runtime's does not have the form
 * `Category.Reason`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function functionErrorType(given: string | undefined): string {
  if (given !== undefined && /(?:Runtime|Function)\.[A-Z][a-zA-Z]+/.test(given)) return given;
  return given?.startsWith('Function.') ? 'Function.Unknown' : 'Runtime.Unknown';
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html */
export function extensionErrorType(given: string, otherwise: string): string {
  return /Extension\.[A-Z][a-zA-Z]+/.test(given) ? given : otherwise;
}
