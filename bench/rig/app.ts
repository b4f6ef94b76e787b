// The app behind the adapter, as a process of its own: answers every request with the same bytes. An HTTP server would cost
// several times as much, and on a machine with few cores what the app uses is missing elsewhere.
import { createServer } from 'node:net';
import { findScenario } from '../scenarios/index.ts';
import { RequestCounter } from './request-counter.ts';

const scenario = findScenario(process.argv[2] ?? '');
if (scenario === null) throw new Error(`no such scenario: ${process.argv[2]}`);
const { contentType, body } = scenario.answer;
const head = `HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ncontent-length: ${body.length}\r\n\r\n`;
const answer = Buffer.concat([Buffer.from(head), body]);

const server = createServer({ noDelay: true }, (socket) => {
  const requests = new RequestCounter();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      for (let left = requests.push(chunk); left > 0; left--) socket.write(answer);
    } catch {
      socket.end('HTTP/1.1 411 Length Required\r\ncontent-length: 0\r\n\r\n');
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
// Whoever started this has ended, one way or another.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the rig decides when the app ends.
process.on('SIGINT', () => {});
