import { expect, it } from 'vitest';
import { WORKSPACE_VERSION } from '../electron/contract/workspace.ts';
import { opened, workspaceEngine } from './support/workspace.ts';

it('serves the whole contract to a token of the owner, live, as a window has it', async () => {
  const { open, makeToken, client: window } = await workspaceEngine();
  const { secret } = await makeToken();
  const { client, next } = opened(await open({ token: secret }));
  expect(JSON.parse(await next())).toEqual({
    workspace: { version: '0.0.0-test', contract: WORKSPACE_VERSION, name: expect.any(String) as string },
  });
  expect(await client.keys.list()).toEqual([]);
  const changes = await client.app.changes();
  await window.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
  for (;;) {
    const { value, done } = await changes.next();
    if (done === true) expect.fail('the changes ended');
    if (value.topics.includes('keys')) break;
  }
  expect(await client.keys.list()).toMatchObject([{ name: 'Shop' }]);
  await expect(client.keys.generate({ name: '', subject: 'x' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { field: 'name' },
  });
});
