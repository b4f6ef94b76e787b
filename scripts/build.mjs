// Bundles what ships into dist/. The adapter is CommonJS, because piscina loads a thread's code with require() first and
// finds its own thread entry as `worker.js` beside itself.
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const finished = join(root, 'dist');
// Built beside it and moved when all is well: a failed build leaves the last good one, and nobody sees half of a new one.
const dist = join(root, `.dist-${process.pid}`);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** How the benchmark's histograms would be written to a file: it calls `eval`, and brings a second zlib along. */
const UNUSED_IN_BENCH = /hdr-histogram-js\/dist\/(?:JsHistogram\.)?encoding\.js$/;
const withoutUnused = {
  name: 'without-unused-parts',
  load: (id) => (UNUSED_IN_BENCH.test(id) ? 'module.exports = {}' : null),
};

/** Lies beside the bundles and is loaded for the first line of the log, which most starts do not write. */
const pinoBeside = {
  name: 'pino-beside',
  transform: (code) => code.replace("createRequire(import.meta.url)('pino')", "require('pino')"),
  resolveId: (id, importer) => (id === 'pino' && importer ? { id: './pino.js', external: true } : null),
};

mkdirSync(join(dist, 'adapter'), { recursive: true });

await bundle('src/main/index.ts', 'adapter/main.js');
await bundle('src/workers/serve.ts', 'adapter/serve.js');
await bundle('node_modules/pino/pino.js', 'adapter/pino.js');
await bundle('node_modules/piscina/dist/worker.js', 'adapter/worker.js');
launcher('src/main/launcher.cjs', 'lambda-adapter');
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');

await bundle('bench/run.ts', 'bench/run.mjs');
await bundle('bench/rig/app.ts', 'bench/app.mjs');
await bundle('bench/load/arrivals-thread.ts', 'bench/arrivals-thread.mjs');
await bundle('bench/calibration/null-adapter.ts', 'bench/null-adapter.mjs');
chmodSync(join(dist, 'bench/null-adapter.mjs'), 0o755);
launcher('bench/launcher.cjs', 'lambda-adapter-bench');

await bundle('bench/dev/cli.ts', 'dev/cli.mjs');
launcher('bench/dev/launcher.cjs', 'lambda-adapter-dev');

rmSync(finished, { recursive: true, force: true });
renameSync(dist, finished);

function launcher(source, name) {
  writeFileSync(join(dist, name), readFileSync(join(root, source)));
  chmodSync(join(dist, name), 0o755);
}

/** One file per entry: a shared chunk would make every start read more files. */
async function bundle(input, output) {
  const build = await rolldown({
    input: join(root, input),
    platform: 'node',
    external: [/^node:/, '@napi-rs/nice'],
    transform: { define: { __ADAPTER_VERSION__: JSON.stringify(version) } },
    plugins: [withoutUnused, pinoBeside],
    logLevel: 'warn',
  });
  const format = output.endsWith('.mjs') ? 'esm' : 'cjs';
  await build.write({ file: join(dist, output), format, exports: 'named', minify: true, sourcemap: false });
  await build.close();
}
