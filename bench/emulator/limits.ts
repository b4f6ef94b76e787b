/** Largest buffered response, in bytes: 6 MiB and a margin for what the platform adds. */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024 + 100;

/** Largest body of `/error`, `/init/error` and of every Extensions API call, in bytes. */
export const MAX_CONTROL_BODY_BYTES = 1024 * 1024;

/** Timed-out invocations of which a late answer is still told apart from an unknown one. */
export const MAX_LATE_ANSWERS = 1000;

/** Extensions of one environment, internal ones included. */
export const MAX_EXTENSIONS = 10;

/** Node fires a timer at once when its delay does not fit 31 bits. */
export const MAX_TIMER_MS = 2 ** 31 - 1;
