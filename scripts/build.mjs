// Bundles what ships into dist/. CommonJS, because piscina loads a thread's code with require() first and finds its own
// thread entry as `worker.js` beside itself.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'adapter'), { recursive: true });

await bundle({
  main: 'src/main/index.ts',
  serve: 'src/workers/serve.ts',
  worker: 'node_modules/piscina/dist/worker.js',
});

writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(join(dist, 'lambda-adapter'), readFileSync(join(root, 'src/main/launcher.cjs')));
chmodSync(join(dist, 'lambda-adapter'), 0o755);

/** One bundle per entry: a shared chunk would make every start read more files. */
async function bundle(entries) {
  for (const [name, input] of Object.entries(entries)) {
    const build = await rolldown({
      input: join(root, input),
      platform: 'node',
      external: [/^node:/, '@napi-rs/nice'],
      transform: { define: { __ADAPTER_VERSION__: JSON.stringify(version) } },
      logLevel: 'warn',
    });
    await build.write({ file: join(dist, 'adapter', `${name}.js`), format: 'cjs', minify: true, sourcemap: false });
    await build.close();
  }
}
