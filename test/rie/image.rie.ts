import { expect, test } from 'vitest';
import { request } from '../helpers/events.ts';
import { jsonOf } from './helpers/parsed.ts';
import { startRie } from './helpers/rie.ts';

test("the command of an image starts the app, although the emulator takes the command's last word for a handler", async () => {
  const rie = await startRie({ env: { _HANDLER: '' }, command: ['/opt/bootstrap', 'node', 'app.mjs'] });
  expect(jsonOf(await rie.invoke(request('/')))).toMatchObject({ statusCode: 200 });
});
