// The time that an asynchronous init takes passes at once: a timer over it fires after a moment.
const INIT_MS = 9800;
const MOMENT_MS = 50;
const { setTimeout } = globalThis;

globalThis.setTimeout = (callback, delay, ...args) =>
  setTimeout(callback, delay === INIT_MS ? MOMENT_MS : delay, ...args);
