// The app behind the adapter, as a process of its own: answers every request with the same bytes. An HTTP server would cost
// several times as much, and on a machine with few cores what the app uses is missing elsewhere.
import { createServer } from 'node:net';
import { findScenario } from '../scenarios/index.ts';
import { answerBytes } from '../scenarios/scenario.ts';
import { RequestCounter } from './request-counter.ts';

const scenario = findScenario(process.argv[2] ?? '');
if (scenario === null) throw new Error(`no such scenario: ${process.argv[2]}`);
const { contentType, body, times } = scenario.answer;
const head = `HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ncontent-length: ${answerBytes(scenario)}\r\n\r\n`;
const first = Buffer.concat([Buffer.from(head), body]);

const server = createServer({ noDelay: true }, (socket) => {
  const requests = new RequestCounter();
  let owed = 0;
  const send = (): void => {
    // As fast as the reader takes it: a long answer must not pile up here.
    for (let hasRoom = true; hasRoom && owed > 0; owed--) hasRoom = socket.write(owed % times === 0 ? first : body);
  };
  socket.on('drain', send);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      owed += requests.push(chunk) * times;
      send();
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
