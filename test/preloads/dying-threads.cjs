// A worker thread dies, or does nothing any more, when it sends a request to one of these paths to the app. The coordinator's thread does not.
const { Socket } = require('node:net');
const { isMainThread } = require('node:worker_threads');

if (!isMainThread) {
  const { write } = Socket.prototype;
  Socket.prototype.write = function (data, ...args) {
    const text = String(data);
    // What is written to a socket that connects is sent when it has done so.
    const soon = (act) => {
      if (this.connecting) this.once('connect', () => setImmediate(() => act()));
      else setImmediate(() => act());
    };
    if (text.includes(' /die-of-error')) {
      soon(() => {
        throw new Error('thrown by the test');
      });
    } else if (text.includes(' /die-of-exit')) {
      soon(() => process.exit(3));
    } else if (text.includes(' /hang')) {
      soon(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
    }
    return write.call(this, data, ...args);
  };
}
