// A worker thread does nothing any more when it sends a request to the app, and does not end when it is told to.
const { Socket } = require('node:net');
const { isMainThread, Worker } = require('node:worker_threads');

function hang() {
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
}

if (isMainThread) {
  Worker.prototype.terminate = () => new Promise(() => {});
} else {
  const { write } = Socket.prototype;
  Socket.prototype.write = function (...args) {
    // What is written to a socket that connects is sent when it has done so.
    if (this.connecting) this.once('connect', hang);
    else hang();
    return write.apply(this, args);
  };
}
