import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How many there are: a suite that reads fewer proves less than it says. */
export const REQUEST_FIXTURES = 195;
export const RESPONSE_FIXTURES = 111;

/** What another adapter sent to the app for an event, and what it should have sent. */
export interface RequestFixture {
  readonly event: string;
  readonly source?: string;
  readonly expect?: {
    readonly method: string;
    readonly target: string;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly bodyBase64: string;
  };
  readonly contentLengthSent?: string;
  readonly hostFromApp?: boolean;
  readonly requestContext?: unknown;
  readonly expectError?: unknown;
  readonly better?: {
    readonly method?: string;
    readonly target?: string;
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
    readonly note?: string;
  };
  readonly why: string;
}

/** What another adapter answered to Lambda for a response of the app. */
export interface ResponseFixture {
  readonly name: string;
  readonly source: 'api-gateway-v1' | 'api-gateway-v2' | 'alb' | 'pass-through';
  readonly app: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string | { readonly base64: string }])[];
    readonly bodyBase64: string;
    readonly chunked?: boolean;
    readonly contentLengthHeader?: number;
  };
  readonly env?: Readonly<Record<string, string>>;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly result: {
    readonly response?: unknown;
    readonly error?: { readonly errorType: string; readonly errorMessage: string };
    readonly prelude?: unknown;
    readonly bodyBase64?: string;
    readonly processExit?: number;
  };
}

const folder = process.env['LWA_FIXTURES'] ?? fileURLToPath(new URL('../../../shared/fixtures', import.meta.url));

if (!existsSync(join(folder, 'expected'))) {
  throw new Error(`there are no fixtures in ${folder}: set LWA_FIXTURES to the folder that has events/ and expected/`);
}

export function readRequestFixtures(): [file: string, fixture: RequestFixture][] {
  return namesIn('expected').map((file) => [file.replace(/\.json$/, ''), readJson('expected', file)]);
}

export function readEvent(fixture: RequestFixture): Buffer {
  return readFileSync(join(folder, 'events', fixture.event));
}

export function readResponseFixtures(): [id: string, fixture: ResponseFixture][] {
  return namesIn('responses').flatMap((file) => {
    const fixtures: ResponseFixture[] = readJson('responses', file);
    return fixtures.map((fixture): [string, ResponseFixture] => {
      const accepts = fixture.requestHeaders?.['accept-encoding'];
      const id = [
        file.replace(/\.json$/, ''),
        fixture.source,
        fixture.name,
        ...(accepts === undefined ? [] : [accepts]),
      ];
      return [id.join(' | '), fixture];
    });
  });
}

function namesIn(part: string): string[] {
  return readdirSync(join(folder, part))
    .filter((name) => name.endsWith('.json'))
    .toSorted();
}

function readJson(part: string, file: string) {
  return JSON.parse(readFileSync(join(folder, part, file), 'utf8'));
}
