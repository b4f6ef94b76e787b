// A worker thread does nothing any more when it sends a request to the app, and does not end when it is told to.
const { Socket } = require('node:net');
const { isMainThread, Worker } = require('node:worker_threads');

if (isMainThread) {
  Worker.prototype.terminate = () => new Promise(() => {});
} else {
  const { write } = Socket.prototype;
  Socket.prototype.write = function (...args) {
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
    return write.apply(this, args);
  };
}
