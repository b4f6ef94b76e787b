import { createServer } from 'node:net';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\n';

function answerOf(byteLength: number): Buffer {
  return Buffer.from(`${HEAD}connection: keep-alive\r\ncontent-length: ${byteLength}\r\n\r\n${'x'.repeat(byteLength)}`);
}

const answers = new Map<string, Buffer>();

/** Takes every read for a whole `GET /<bytes>`: nobody sends the next one on a connection before the last is answered. */
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => {
    const byteLength = data.toString('latin1', 'GET /'.length, data.indexOf(' HTTP'));
    const answer = answers.get(byteLength) ?? answerOf(Number(byteLength));
    answers.set(byteLength, answer);
    socket.write(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.once('disconnect', () => process.exit());
