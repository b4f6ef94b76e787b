import type { DevOptions } from './options.ts';

/** Commands to paste, one thing each. */
export function thingsToTry(url: string, options: DevOptions): string {
  const tries = options.command === null && options.appPort === null ? exampleTries(url, options) : ownAppTries(url);
  const width = Math.max(...tries.map(([, what]) => what.length));
  return tries.map(([command, what]) => `  ${what.padEnd(width)}  ${command}`).join('\n');
}

type Try = readonly [command: string, what: string];

function exampleTries(url: string, { invokeMode, concurrency }: DevOptions): Try[] {
  const streaming = invokeMode === 'response_stream';
  return [
    [`curl '${url}/echo?a=1' -d '{"b":2}'`, 'what the app receives'],
    [`curl -i ${url}/cookies`, 'two cookies in one answer'],
    [`curl -s ${url}/image.png | file -`, 'a binary answer'],
    [`curl -N ${url}/sse`, streaming ? 'events, one by one' : 'events; one by one with --invoke-mode response_stream'],
    [`curl -i ${url}/status/500`, "the app's own error"],
    [`curl '${url}/slow?ms=2000'`, 'a slow answer; at --timeout it becomes a 504'],
    ...(concurrency > 1 ? [manyAtOnce(url, Math.min(concurrency, 10))] : []),
  ];
}

function manyAtOnce(url: string, times: number): Try {
  const command = `for i in $(seq ${times}); do curl -s '${url}/slow?ms=1000' & done; time wait`;
  return [command, `${times} at once, one second together`];
}

function ownAppTries(url: string): Try[] {
  return [
    [`curl -i ${url}/`, 'one request'],
    [`curl -N ${url}/`, 'one request, printed as it arrives'],
    [`npx autocannon -c 10 -d 5 ${url}/`, 'load for five seconds'],
  ];
}
