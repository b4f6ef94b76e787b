/** What the emulated platform can be told. Everything has the platform's default. */
export interface EmulatorOptions {
  readonly mode: 'standard' | 'managed-instances';
  /** Managed Instances: `AWS_LAMBDA_MAX_CONCURRENCY` of the runtime process, and the most invocations it is given at once. */
  readonly maxConcurrency?: number;
  /** Also give that variable to extensions: AWS's emulator did not before autumn 2026. What Lambda does is not documented. */
  readonly concurrencyVisibleToExtensions?: boolean;
  /** `snap-start` has the restore calls: init is done at the snapshot, and the first invocation restores it. */
  readonly initializationType?: string;
  readonly functionName?: string;
  readonly memoryMb?: number;
  /** Function timeout in milliseconds. */
  readonly timeoutMs?: number;
  readonly initTimeoutMs?: number;
  /** 0 picks a free port. */
  readonly port?: number;
  /** Sends `Lambda-Runtime-Invocation-Id` with each invocation and refuses answers with another one (410). On Managed Instances it does. */
  readonly invocationIds?: boolean;
  /** File names in `/opt/extensions`: the runtime is started when all have registered. Any other name is an internal extension. */
  readonly extensions?: readonly string[];
  /** Told of each step of the lifecycle, for logs and for tests of the order. */
  readonly onStep?: (step: PlatformStep) => void;
}

export type PlatformStep =
  | { readonly kind: 'registered'; readonly name: string; readonly events: readonly string[] }
  | { readonly kind: 'extension-ready'; readonly name: string }
  | { readonly kind: 'poll-parked'; readonly parked: number }
  /** The client closed the connection of a parked poll: on the platform an invocation would have been lost to it. */
  | { readonly kind: 'poll-dropped'; readonly parked: number }
  | { readonly kind: 'invoked'; readonly requestId: string }
  | { readonly kind: 'answered'; readonly requestId: string; readonly outcome: InvokeOutcome['kind'] }
  | { readonly kind: 'init-error'; readonly errorType: string; readonly body: string }
  /** SnapStart: the runtime has asked to be restored; the first invocation has come, and it was told that it is. */
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'restored' }
  | { readonly kind: 'restore-error'; readonly errorType: string; readonly body: string }
  | { readonly kind: 'refused-call'; readonly call: string; readonly status: number; readonly errorType: string }
  /** A call that the platform accepts although no runtime should make it, such as a second poll in standard mode. */
  | { readonly kind: 'violation'; readonly call: string; readonly detail: string }
  | { readonly kind: 'shutdown'; readonly reason: ShutdownReason; readonly deadlineMs: number };

export type ShutdownReason = 'SPINDOWN' | 'TIMEOUT' | 'FAILURE';

export interface InvokeOptions {
  readonly requestId?: string;
  readonly traceId?: string;
  readonly clientContext?: string;
  readonly cognitoIdentity?: string;
  readonly tenantId?: string;
  readonly functionArn?: string;
  /** Overrides the function timeout for this invocation, in milliseconds. */
  readonly timeoutMs?: number;
  /** Sent instead of the true deadline: absurd values are part of the platform's history. */
  readonly deadlineHeader?: string;
  /**
   * How long the invocation waits for a poll before it is refused, in milliseconds. Managed Instances do not wait (0): the
   * layer in front tries another environment. Whoever has only this one environment can wait here instead.
   */
  readonly waitForPollMs?: number;
  /** Called once before the first part of a streamed answer. */
  readonly onStreamStart?: (contentType: string | null) => void;
  /** Called with each part of a streamed answer as it arrives; a promise holds back the next read (a slow reader). */
  readonly onChunk?: (chunk: Buffer) => void | Promise<void>;
  /** False leaves the outcome's body of a streamed answer empty: `onChunk` had all of it. */
  readonly keepBody?: boolean;
}

export type InvokeOutcome =
  | {
      readonly kind: 'response';
      readonly requestId: string;
      readonly streamed: boolean;
      readonly contentType: string | null;
      readonly body: Buffer;
      /** Error trailers of a streamed answer; null when it ended well. */
      readonly trailers: { readonly errorType: string; readonly errorBody: string } | null;
    }
  | {
      readonly kind: 'error';
      readonly requestId: string;
      readonly errorType: string;
      readonly body: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'timeout'; readonly requestId: string }
  /** The answer was over the platform's limit (413). `bytes` is its declared length, or what had arrived of it. */
  | { readonly kind: 'too-large'; readonly requestId: string; readonly bytes: number }
  /** No parked poll, all concurrency in use, or the environment is gone. */
  | { readonly kind: 'refused'; readonly requestId: string }
  /** The connection broke in the middle of the answer. */
  | { readonly kind: 'truncated'; readonly requestId: string };

export interface Emulator {
  readonly mode: EmulatorOptions['mode'];
  /** `host:port` for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Environment of extension processes and of the runtime process, as the platform splits them. */
  readonly extensionEnv: Readonly<Record<string, string>>;
  readonly runtimeEnv: Readonly<Record<string, string>>;
  /** Polls parked now; the most seen at once; those whose client hung up. */
  readonly parked: number;
  readonly mostParked: number;
  readonly droppedPolls: number;
  /** All expected extensions have registered: the moment the runtime process is started. */
  waitForRegistration(): Promise<void>;
  /** First poll parked (or snapshot taken) and every extension waiting for events: init is done. Rejects on init/error or time-out. */
  waitForInit(): Promise<void>;
  /** Resolves when at least `count` polls are parked. */
  waitForParked(count: number): Promise<void>;
  /** Standard mode queues invocations (one at a time); Managed Instances refuses one that finds no parked poll. */
  invoke(event: Uint8Array | string, options?: InvokeOptions): Promise<InvokeOutcome>;
  /**
   * Ends the environment as the platform does: aborts what runs, stops the runtime process (`stopRuntime`), delivers SHUTDOWN
   * and waits until the subscribed extensions are gone or the budget is spent. The budget in milliseconds counts from the
   * call; its default is the platform's, 2000 with an external extension, 500 with internal ones, else 0.
   */
  shutdown(reason: ShutdownReason, budgetMs?: number, stopRuntime?: (budgetMs: number) => Promise<void>): Promise<void>;
  /** A process of the environment ended by itself: fails every wait, every running invocation and every later one. */
  crash(errorType: 'Extension.Crash' | 'Runtime.ExitError', message: string): void;
  close(): Promise<void>;
}
