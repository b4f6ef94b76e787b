// The app behind the adapter, as a process of its own: answers every request to a path with the same bytes. An HTTP server would
// cost several times as much, and on a machine with few cores what the app uses is missing elsewhere.
import { createServer } from 'node:net';
import { findScenario } from '../scenarios/index.ts';
import { exchangesOf } from '../scenarios/scenario.ts';
import { AnswerWriter } from './answer-writer.ts';
import { NO_SUCH_PATH, prepareAnswer, WRONG_REQUEST } from './prepared-answer.ts';
import { RequestReader } from './request-reader.ts';

const scenario = findScenario(process.argv[2] ?? '');
if (scenario === null) throw new Error(`no such scenario: ${process.argv[2]}`);
const exchanges = new Map(
  exchangesOf(scenario).map(({ path, requestBytes, answer }) => [
    path,
    { requestBytes, answer: prepareAnswer(answer) },
  ]),
);

const server = createServer({ noDelay: true }, (socket) => {
  const answers = new AnswerWriter(socket);
  const requests = new RequestReader((path, bodyBytes) => {
    const exchange = exchanges.get(path);
    if (exchange === undefined) return answers.add(NO_SUCH_PATH);
    answers.add(exchange.requestBytes === bodyBytes ? exchange.answer : WRONG_REQUEST);
  });
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      requests.push(chunk);
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
