// Writes dist/lambda-adapter-layer.zip, which Lambda unpacks to /opt: the same tree as docker/Dockerfile, and the same
// bytes from the same sources, so that a layer is published again only when something has changed.
//   node docker/layer.mjs [output.zip]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = process.argv[2] ?? join(root, 'dist', 'lambda-adapter-layer.zip');

// A zip holds local time without a zone; its calendar begins in 1980.
process.env.TZ = 'UTC';
const mtime = new Date('1980-01-01T00:00:00Z');

const entries = {
  bootstrap: file('docker/bootstrap', 0o755),
  'extensions/lambda-adapter': file('dist/lambda-adapter', 0o755),
  ...bundles(),
  'package.json': file('dist/package.json', 0o644),
};
writeFileSync(output, zipSync(entries, { level: 9, mtime }));
console.log(`${output}: ${Object.keys(entries).join(', ')}`);

function bundles() {
  const names = readdirSync(join(root, 'dist', 'adapter')).toSorted();
  return Object.fromEntries(names.map((name) => [`lambda-adapter/${name}`, file(`dist/adapter/${name}`, 0o644)]));
}

/** Without the Unix mode Lambda would unpack a file that cannot be executed. */
function file(path, mode) {
  const UNIX = 3;
  const REGULAR_FILE = 0o100000;
  return [readFileSync(join(root, path)), { os: UNIX, attrs: ((REGULAR_FILE | mode) << 16) >>> 0 }];
}
