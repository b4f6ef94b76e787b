// A worker thread dies when it sends a request to one of these paths to the app. The coordinator's thread does not.
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
    }
    return write.call(this, data, ...args);
  };
}
