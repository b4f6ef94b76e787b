// The web app of these tests, started by the emulator as the runtime process.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

let running = 0;
let mostAtOnce = 0;
let aborted = 0;
const together = { count: 0, ...Promise.withResolvers() };

const routes = {
  '/': async () => json({ mostAtOnce, aborted, pid: process.pid }),
  '/echo': async (request, body) =>
    json({ method: request.method, target: request.url, headers: request.headers, body }),
  '/slow': async (request, body, query) => {
    await sleep(Number(query.get('ms')));
    return json({ mostAtOnce, name: query.get('name') });
  },
  '/status': async (request, body, query) => ({ ...json({}), status: Number(query.get('code')) }),
  '/large': async (request, body, query) => text('x'.repeat(Number(query.get('bytes')))),
  '/crash': () => process.exit(1),
  '/hang': () => {
    console.log('app: /hang');
    return new Promise(() => {});
  },
  '/together': async (request, body, query) => {
    together.count++;
    if (together.count === Number(query.get('count'))) together.resolve();
    await together.promise;
    return json({});
  },
  '/close': async () => {
    server.close();
    // It would end otherwise, and the environment with it.
    setInterval(() => {}, 60_000);
    return { ...json({}), headers: { connection: 'close' } };
  },
  '/events': async (request, body) => json({ received: JSON.parse(body) }),
  '/parts': async (request, body, query) => ({
    ...text(null),
    cookies: ['a=1', 'b=2'],
    parts: ['first ', 'second'],
    breaks: query.has('break'),
  }),
};

const server = createServer(async (request, response) => {
  mostAtOnce = Math.max(mostAtOnce, ++running);
  response.once('close', () => {
    running--;
    if (!response.writableFinished) aborted++;
  });
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url, 'http://app');
  const route = routes[url.pathname] ?? (async () => ({ ...text('no such page'), status: 404 }));
  await answer(response, await route(request, Buffer.concat(chunks).toString(), url.searchParams));
}).listen(process.env.PORT, '127.0.0.1', () => console.log('app: listening'));

process.on('SIGTERM', () => {
  console.log('app: SIGTERM');
  process.exit(0);
});

async function answer(response, { status = 200, type, body, cookies = [], headers = {}, parts = [], breaks = false }) {
  response.writeHead(status, {
    'content-type': type,
    'x-app': 'yes',
    ...headers,
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
  });
  if (body !== null) return response.end(body);
  for (const part of parts) {
    response.write(part);
    await sleep(20);
  }
  if (breaks) response.destroy();
  else response.end();
}

function json(value) {
  return { type: 'application/json', body: JSON.stringify(value) };
}

function text(body) {
  return { type: 'text/plain', body };
}
