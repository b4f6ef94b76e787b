/**
 * Aborts at the first Ctrl-C (or SIGTERM, SIGHUP), for a clean end; a second one ends the process at once.
 * The reason is the signal's name.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort(name);
    });
  }
  return controller.signal;
}
