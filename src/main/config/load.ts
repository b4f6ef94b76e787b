import type { Address, Config, InitializationType, LogLevel, StatusRanges } from '../../shared/config.ts';
import { readCompression } from './compression.ts';
import * as parse from './parse.ts';
import { Variables, type Environment } from './variables.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** Every variable that cannot be accepted, with its value and what would be. The adapter must not serve with any. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

const ANY_ERROR_STATUS: StatusRanges = [[400, 999]];
const RUNTIME_API_DEFAULT: Address = { host: '127.0.0.1', port: 9001 };

/** Turns the environment into the one configuration object. Never throws: problems are returned, all of them. */
export function loadConfig(environment: Environment): LoadedConfig {
  const variables = new Variables(environment);
  const platformApi = variables.read('AWS_LAMBDA_RUNTIME_API', parse.address, null);
  if (platformApi === null && variables.problems.length === 0) {
    variables.problems.push(
      'AWS_LAMBDA_RUNTIME_API is not set: Lambda sets it for the extensions that it starts. To try the adapter on your machine run lambda-adapter-dev',
    );
  }
  const extensionsApi = platformApi ?? RUNTIME_API_DEFAULT;
  const host = variables.readRenamed('AWS_LWA_HOST', 'HOST', parse.host, '127.0.0.1');
  const port = variables.read(['AWS_LWA_PORT', 'PORT'], parse.port, 8080);
  const passThroughPath = variables.read('AWS_LWA_PASS_THROUGH_PATH', parse.path, '/events');
  const config: Config = {
    app: { host, port },
    readiness: {
      host,
      port: variables.readRenamed('AWS_LWA_READINESS_CHECK_PORT', 'READINESS_CHECK_PORT', parse.port, port),
      path: variables.readRenamed('AWS_LWA_READINESS_CHECK_PATH', 'READINESS_CHECK_PATH', parse.path, '/'),
      protocol: readProtocol(variables),
      healthyStatuses: readHealthyStatuses(variables),
      timeoutMs: variables.read('AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS', parse.seconds(900), null) || null,
    },
    asyncInit: variables.readRenamed('AWS_LWA_ASYNC_INIT', 'ASYNC_INIT', parse.boolean, false),
    basePath: variables.readRenamed('AWS_LWA_REMOVE_BASE_PATH', 'REMOVE_BASE_PATH', parse.basePath, null),
    passThroughPath,
    authorizationSource: variables.read('AWS_LWA_AUTHORIZATION_SOURCE', parse.headerName, null),
    errorStatuses: variables.read('AWS_LWA_ERROR_STATUS_CODES', parse.statusRanges, []),
    eventErrorStatuses: variables.readEvenEmpty(
      'AWS_LWA_EVENT_ERROR_STATUS_CODES',
      parse.statusRanges,
      ANY_ERROR_STATUS,
    ),
    invokeMode: variables.read('AWS_LWA_INVOKE_MODE', parse.oneOf('buffered', 'response_stream'), 'buffered'),
    compression: readCompression(variables),
    deadlineMarginMs: variables.read('AWS_LWA_DEADLINE_MARGIN_MS', parse.integer(0, 900_000), 100),
    appRestartTimeoutMs: variables.read('AWS_LWA_APP_RESTART_TIMEOUT_SECONDS', parse.seconds(900), 10_000),
    snapStart: {
      beforeCheckpointPath: readHookPath(variables, 'AWS_LWA_SNAPSTART_BEFORE_CHECKPOINT_PATH', passThroughPath),
      afterRestorePath: readHookPath(variables, 'AWS_LWA_SNAPSTART_AFTER_RESTORE_PATH', passThroughPath),
    },
    poolIdleTimeoutMs: variables.read('AWS_LWA_POOL_IDLE_TIMEOUT_SECONDS', parse.seconds(3600), 4000),
    initializationType: readInitializationType(environment),
    runtimeApi: variables.read('AWS_LWA_LAMBDA_RUNTIME_API_PROXY', parse.address, extensionsApi),
    extensionsApi,
    maxConcurrency: readMaxConcurrency(variables, environment),
    workers: variables.read(['AWS_LWA_WORKERS', 'AWS_LAMBDA_NODEJS_WORKER_COUNT'], parse.integer(0, 128), null),
    log: {
      format: variables.read('AWS_LAMBDA_LOG_FORMAT', parse.oneOf('text', 'json'), 'text'),
      level: readLogLevel(variables, environment),
    },
    lambda: {
      functionName: environment['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
      functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'] ?? '',
      memoryMb: Number(environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']) || 0,
      logGroup: environment['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
      logStream: environment['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    },
  };
  return { config, problems: variables.problems, warnings: variables.warnings };
}

/**
 * The most invocations that Lambda sends to one execution environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
 */
export const MAX_CONCURRENCY = 1600;

/**
 * A second poll on standard Lambda would be handed the event that the first is still working on, so there a number
 * above 1 is not obeyed.
 */
function readMaxConcurrency(variables: Variables, environment: Environment): number | null {
  const count = parse.integer(1, MAX_CONCURRENCY);
  const fromPlatform = variables.read('AWS_LAMBDA_MAX_CONCURRENCY', count, null);
  const fromUser = variables.read('AWS_LWA_MAX_CONCURRENCY', count, null);
  const kind = environment['AWS_LAMBDA_INITIALIZATION_TYPE'] ?? '';
  const isStandard = fromPlatform === null && STANDARD_TYPES.has(kind);
  if (!isStandard) return fromUser ?? fromPlatform;
  if (fromUser !== null && fromUser > 1) {
    variables.warnings.push(
      `AWS_LWA_MAX_CONCURRENCY is ${fromUser}, but this environment (${kind}) gets one invocation at a time: using 1`,
    );
  }
  return 1;
}

const STANDARD_TYPES = new Set(['on-demand', 'provisioned-concurrency', 'snap-start']);

function readProtocol(variables: Variables): 'http' | 'tcp' {
  const name = 'AWS_LWA_READINESS_CHECK_PROTOCOL';
  return variables.readRenamed(name, 'READINESS_CHECK_PROTOCOL', parse.oneOf('http', 'tcp'), 'http');
}

function readHealthyStatuses(variables: Variables): StatusRanges {
  const name = 'AWS_LWA_READINESS_CHECK_HEALTHY_STATUS';
  const oldName = 'AWS_LWA_READINESS_CHECK_MIN_UNHEALTHY_STATUS';
  if (variables.isSet(name)) return variables.read(name, parse.someStatusRanges, []);
  const oldLimit = variables.read(oldName, parse.integer(101, 999), null);
  if (oldLimit === null) return [[100, 499]];
  variables.warnings.push(`${oldName} is deprecated: set ${name}=100-${oldLimit - 1} instead`);
  return [[100, oldLimit - 1]];
}

/** A hook that every event reached would be no hook. */
function readHookPath(variables: Variables, name: string, passThroughPath: string): string | null {
  const path = variables.read(name, parse.hookPath, null);
  const [eventPath = ''] = passThroughPath.toLowerCase().split('?', 1);
  if (path !== null && path.toLowerCase() === eventPath.replace(/\/+$/, '')) {
    variables.problems.push(
      `${name} is ${JSON.stringify(path)}, to which events are posted: accepted is a path of its own`,
    );
  }
  return path;
}

/** An unknown kind of environment is one that came after this code: served as an on-demand one. */
function readInitializationType(environment: Environment): InitializationType {
  const value = environment['AWS_LAMBDA_INITIALIZATION_TYPE'];
  switch (value) {
    case 'provisioned-concurrency':
    case 'snap-start':
    case 'lambda-managed-instances':
      return value;
    default:
      return 'on-demand';
  }
}

const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** `RUST_LOG` is what users of the Rust adapter set; it may hold a filter, of which only a plain level means anything here. */
function readLogLevel(variables: Variables, environment: Environment): LogLevel {
  const rustLevel = LOG_LEVELS.find((level) => level === environment['RUST_LOG']?.toLowerCase());
  return variables.read('AWS_LAMBDA_LOG_LEVEL', parse.oneOf(...LOG_LEVELS), rustLevel ?? 'info');
}
