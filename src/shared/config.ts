/**
 * Everything the adapter was told, read once at start and the same on every thread (structured-cloneable).
 * `src/main/config` is the only place that fills it.
 */
export interface Config {
  /** Where the web app listens. The event never has a say in this. */
  readonly app: Address;
  readonly readiness: ReadinessConfig;
  /** Stop waiting for the app shortly before the platform's 10 s init limit and finish waiting at the first invocation. */
  readonly asyncInit: boolean;
  /** Leading path that the app does not know about, with a slash in front and none behind; null when there is none. */
  readonly basePath: string | null;
  /** Request target for events that are not HTTP requests. */
  readonly passThroughPath: string;
  /** Lower-case name of the header that replaces `authorization`; null when there is none. */
  readonly authorizationSource: string | null;
  /** App statuses that fail an invocation from any source. */
  readonly errorStatuses: StatusRanges;
  /** App statuses that fail an invocation whose event is not an HTTP request. */
  readonly eventErrorStatuses: StatusRanges;
  readonly invokeMode: InvokeMode;
  /** What responses may be compressed with, in our order of preference; empty when compression is off. */
  readonly compression: readonly CodingChoice[];
  /** How long before an invocation's deadline the request to the app is aborted, in milliseconds. */
  readonly deadlineMarginMs: number;
  /** How long invocations wait for an app that refuses connections after it was ready, counted from when it did, in milliseconds. */
  readonly appRestartTimeoutMs: number;
  readonly snapStart: SnapStartConfig;
  /** How long an idle connection to the app is kept, in milliseconds; 0 closes it after each request. */
  readonly poolIdleTimeoutMs: number;
  readonly initializationType: InitializationType;
  /** The Runtime API, which a proxy of another extension may have taken the place of. */
  readonly runtimeApi: Address;
  /** The Extensions API: always the platform's own address. */
  readonly extensionsApi: Address;
  /** Invocations at once as configured; null when the environment does not tell. */
  readonly maxConcurrency: number | null;
  /** Worker threads as configured; null leaves the choice to the adapter. */
  readonly workers: number | null;
  readonly log: LogConfig;
  readonly lambda: LambdaEnvironment;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface ReadinessConfig extends Address {
  readonly path: string;
  readonly protocol: 'http' | 'tcp';
  readonly healthyStatuses: StatusRanges;
  /** Give up after this many milliseconds; null waits as long as the platform does. */
  readonly timeoutMs: number | null;
}

/** Paths of plain segments that the adapter posts to and nobody else may reach; null where the app has no such hook. */
export interface SnapStartConfig {
  readonly beforeCheckpointPath: string | null;
  readonly afterRestorePath: string | null;
}

/** Inclusive ranges of HTTP status codes. */
export type StatusRanges = readonly (readonly [first: number, last: number])[];

/** A content coding under its registered name. */
export type Coding = 'zstd' | 'br' | 'gzip';

export interface CodingChoice {
  readonly coding: Coding;
  /** Effort, on the scale of the coding. */
  readonly level: number;
}

export type InvokeMode = 'buffered' | 'response_stream';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export type InitializationType = 'on-demand' | 'provisioned-concurrency' | 'snap-start' | 'lambda-managed-instances';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export interface LogConfig {
  readonly format: 'json' | 'text';
  readonly level: LogLevel;
}

/** What the platform says about the function; empty text where it says nothing. */
export interface LambdaEnvironment {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryMb: number;
  readonly logGroup: string;
  readonly logStream: string;
}

export function includesStatus(ranges: StatusRanges, status: number): boolean {
  return ranges.some(([first, last]) => status >= first && status <= last);
}
