import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { HOME_WORKSPACE } from '../contract/workspaces.ts';
import { createOpenWorkspaces } from './open-workspaces.ts';
import { createWorkspaceList, type KnownWorkspace } from './workspace-list.ts';
import { createWorkspaces } from './workspaces.ts';

it('a workspace that is forgotten while its engine still ends does not open the home workspace instead', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pushdesk-workspaces-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const opened: (KnownWorkspace | null)[] = [];
  const opens = createOpenWorkspaces({ changed: () => undefined, exit: () => undefined });
  const list = createWorkspaceList({
    file: join(folder, 'workspaces.json'),
    now: () => new Date(0),
    makeId: () => '5b1c3a0e-3f62-4f0e-8a44-5d1f0a3c9f10',
    say: () => undefined,
  });
  const { id } = list.noteFolder(join(folder, 'shop'), 'Shop');
  let stopped: () => void = () => undefined;
  opens.add({
    id,
    close: () => undefined,
    reopen: () => undefined,
    isHidden: () => false,
    insist: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        stopped = resolve;
      }),
  });
  const workspaces = createWorkspaces({
    home: { name: 'Home', dataDir: join(folder, 'home') },
    list,
    opens,
    openWindow: (known) => opened.push(known),
    chooseFolder: () => Promise.resolve(null),
    focus: () => undefined,
    testServer: () => Promise.reject(new Error('Not asked for.')),
    keepToken: () => Promise.resolve(),
    forgotten: () => undefined,
  });
  const acts = workspaces.actsOf(
    HOME_WORKSPACE,
    () => null,
    () => true,
  );
  opens.left(id);
  const opening = workspaces.open(id);
  acts.forget(id);
  stopped();
  await expect(opening).rejects.toMatchObject({ problem: { code: 'workspace-unknown' } });
  expect(opened).toEqual([]);
});
