import { fileURLToPath } from 'node:url';

// The same from bench/dev/ and, bundled, from dist/dev/: both lie two folders below the package's root.
const root = new URL('../../', import.meta.url);

export const BUILT_ADAPTER = fileURLToPath(new URL('dist/lambda-adapter', root));
export const EXAMPLE_APP = fileURLToPath(new URL('examples/hello/server.mjs', root));
export const BOOTSTRAP = fileURLToPath(new URL('docker/bootstrap', root));
