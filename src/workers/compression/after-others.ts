const jobs: (() => void)[] = [];

/**
 * Does a job of a millisecond or so later: not before the answers that this turn of the event loop brings have been sent, and no
 * more than one in a turn, so that between two of them the short work for other invocations goes on.
 *
 * @param job throws nothing
 */
export function afterOthers(job: () => void): void {
  if (jobs.push(job) === 1) setImmediate(letOthersPass);
}

/** What sends the answers of this turn may come behind it. */
function letOthersPass(): void {
  setImmediate(runNext);
}

function runNext(): void {
  const job = jobs.shift();
  if (jobs.length > 0) setImmediate(runNext);
  job?.();
}
