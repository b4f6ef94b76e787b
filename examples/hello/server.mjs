// A web app that knows nothing about Lambda: plain node:http, no dependencies. Run it alone with `node server.mjs`.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32, deflateSync } from 'node:zlib';

const port = Number(process.env.PORT ?? 8080);
const picture = gradientPng(64);

const routes = {
  '/': (request, response) => send(response, 200, 'text/html; charset=utf-8', page()),
  '/echo': echo,
  '/headers': (request, response) => sendJson(response, 200, request.headers),
  '/cookies': cookies,
  '/image.png': (request, response) => send(response, 200, 'image/png', picture),
  '/sse': serverSentEvents,
  '/slow': slow,
  '/events': events,
};

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://app');
  const status = /^\/status\/([2-5]\d\d)$/.exec(url.pathname);
  const route = status ? () => sendStatus(response, Number(status[1])) : (routes[url.pathname] ?? notFound);
  Promise.resolve(route(request, response, url)).catch((error) => response.destroy(error));
});
server.listen(port, () => console.log(`listening on port ${port}`));

// Lambda sends SIGTERM before it takes the environment away.
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

async function echo(request, response, url) {
  const body = await read(request);
  sendJson(response, 200, {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    contentType: request.headers['content-type'] ?? null,
    bytes: body.length,
    body: body.toString(),
  });
}

/** Two cookies at once: they must arrive as two `set-cookie` lines, never joined into one. */
function cookies(request, response) {
  response.setHeader('set-cookie', ['flavour=oat; Path=/; HttpOnly', `seen=${Date.now()}; Path=/; SameSite=Lax`]);
  sendJson(response, 200, { received: request.headers.cookie ?? null });
}

async function serverSentEvents(request, response, url) {
  const count = Math.min(Number(url.searchParams.get('count') ?? 5) || 5, 100);
  const pause = Math.min(Number(url.searchParams.get('ms') ?? 500) || 0, 10_000);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (let id = 1; id <= count && !response.destroyed; id++) {
    response.write(`id: ${id}\ndata: ${new Date().toISOString()}\n\n`);
    if (id < count) await sleep(pause);
  }
  response.end();
}

async function slow(request, response, url) {
  const ms = Math.min(Number(url.searchParams.get('ms') ?? 1000) || 0, 900_000);
  await sleep(ms);
  sendJson(response, 200, { waitedMs: ms });
}

/** Where events that are not HTTP requests arrive (SQS, S3, EventBridge, …). The answer is what the event's sender gets. */
async function events(request, response) {
  const event = JSON.parse((await read(request)).toString() || 'null');
  console.log(`event with ${Object.keys(event ?? {}).join(', ') || 'no fields'}`);
  sendJson(response, 200, { received: event });
}

function notFound(request, response, url) {
  send(response, 404, 'text/plain; charset=utf-8', `nothing at ${url.pathname}\n`);
}

function sendStatus(response, status) {
  const bodyless = status === 204 || status === 205 || status === 304;
  if (bodyless) response.writeHead(status).end();
  else sendJson(response, status, { status });
}

function sendJson(response, status, value) {
  send(response, status, 'application/json', `${JSON.stringify(value, null, 2)}\n`);
}

function send(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A square RGB picture, so that there is something binary to look at without a file beside this one. */
function gradientPng(size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2], 8); // 8 bits per channel, RGB
  const rows = Buffer.alloc(size * (1 + size * 3));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      rows.set([(x * 255) / size, (y * 255) / size, 180], y * (1 + size * 3) + 1 + x * 3);
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND')]);
}

function chunk(type, data = Buffer.alloc(0)) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function page() {
  const links = ['/headers', '/cookies', '/sse', '/slow?ms=1500', '/status/404', '/status/500', '/echo?a=1&b=two'];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Hello from Lambda</title>
<style>body { font: 16px/1.5 system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem } img { float: right }</style>
<img src="/image.png" alt="a gradient" width="64" height="64">
<h1>Hello from Lambda</h1>
<p>This page is a plain Node app. The request reached it as a Lambda event, through the adapter.</p>
<ul>${links.map((link) => `<li><a href="${link}">${link}</a>`).join('\n')}</ul>
<h2>Server-sent events</h2>
<pre id="log"></pre>
<script>
  const log = document.getElementById('log');
  const source = new EventSource('/sse');
  source.onmessage = (event) => { log.textContent += event.lastEventId + '  ' + event.data + '\\n' };
  source.onerror = () => source.close();
</script>
</html>
`;
}
