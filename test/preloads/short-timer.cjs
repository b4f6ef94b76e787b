// A time that would take too long for a test passes at once: timers of SHORT_TIMER_MS fire after a moment.
const SHORT_TIMER_MS = Number(process.env.SHORT_TIMER_MS);
const MOMENT_MS = 50;
const { setTimeout } = globalThis;

globalThis.setTimeout = (callback, delay, ...args) =>
  setTimeout(callback, delay === SHORT_TIMER_MS ? MOMENT_MS : delay, ...args);
