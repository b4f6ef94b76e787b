// A worker thread dies, or does nothing any more, when it sends a request to one of these paths to the app. The coordinator's thread does not.
const { Socket } = require('node:net');
const { isMainThread } = require('node:worker_threads');

if (!isMainThread) {
  const { write } = Socket.prototype;
  Socket.prototype.write = function (data, ...args) {
    const text = String(data);
    if (text.includes(' /die-of-error')) {
      setImmediate(() => {
        throw new Error('thrown by the test');
      });
    } else if (text.includes(' /die-of-exit')) {
      setImmediate(() => process.exit(3));
    } else if (text.includes(' /hang')) {
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
    }
    return write.call(this, data, ...args);
  };
}
