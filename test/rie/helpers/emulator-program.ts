import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf } from '../../../src/shared/errors.ts';

const PACKAGE = 'github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie';
/** The commit of 30 October 2026: what the Go module proxy serves. The tags are no versions for Go. */
const VERSION = 'v0.0.0-20261030222936-bef5c4ba774d';
const OWN_BUILD = 'AWS_LAMBDA_RIE';

/**
 * Path of AWS's Runtime Interface Emulator: what `AWS_LAMBDA_RIE` names, else the pinned version, installed once.
 *
 * @throws {Error} There is none, and it cannot be installed.
 */
export function emulatorProgram(): string {
  const own = process.env[OWN_BUILD];
  if (own !== undefined && own !== '') {
    if (existsSync(own)) return own;
    throw new Error(`${OWN_BUILD} names ${own}, which does not exist`);
  }
  const folder = fileURLToPath(new URL(`../../../.cache/rie/${VERSION}`, import.meta.url));
  const program = join(folder, 'aws-lambda-rie');
  if (!existsSync(program)) install(folder);
  return program;
}

function install(folder: string): void {
  const { status, error, stderr } = spawnSync('go', ['install', `${PACKAGE}@${VERSION}`], {
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
    encoding: 'utf8',
  });
  if (status === 0) return;
  const reason = codeOf(error) === 'ENOENT' ? 'there is no `go` in PATH: install Go 1.26 or newer' : stderr;
  throw new Error(`AWS's emulator cannot be installed: ${reason}\nOr set ${OWN_BUILD} to the path of a build of it.`);
}
