import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createWorkspaceList } from './workspace-list.ts';

function home() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'workspaces.json');
  let at = 1000;
  const said: string[] = [];
  const open = () =>
    createWorkspaceList({
      file,
      now: () => new Date((at += 1000)),
      makeId: randomUUID,
      say: (line) => said.push(line),
    });
  return { folder, file, open, said };
}
const written = (file: string, text: string) =>
  expect
    .poll(() => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return '';
      }
    })
    .toContain(text);

describe('the list of workspaces', () => {
  it('is there again at the next start, the last one first, readable by this user only', async () => {
    const { file, open } = home();
    const list = open();
    const shop = list.noteFolder('/data/shop', 'shop');
    list.noteServer({
      address: 'https://push.example.org',
      name: 'push.example.org',
    });
    list.change(shop.id, { name: 'The shop' });
    await written(file, 'The shop');
    expect(
      open()
        .all()
        .map(({ kind, name }) => [kind, name]),
    ).toEqual([
      ['server', 'push.example.org'],
      ['folder', 'The shop'],
    ]);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('has each folder and each server once, with the name that the person gave it', () => {
    const list = home().open();
    const first = list.noteFolder('/data/shop', 'shop');
    list.change(first.id, { name: 'Mine' });
    expect(list.noteFolder('/data/shop', 'shop')).toMatchObject({ id: first.id, name: 'Mine' });
    const server = { address: 'https://push.example.org', name: 'a' };
    const one = list.noteServer(server);
    list.change(one.id, { sealedToken: 'eA==' });
    expect(list.noteServer(server)).toMatchObject({ id: one.id, sealedToken: 'eA==' });
    expect(list.all()).toHaveLength(2);
  });

  it('shows what cannot be seen in a name that a folder or a server gave itself', () => {
    const list = home().open();
    expect(list.noteFolder('/data/a', 'shop\u202E').name).toBe(String.raw`shop\u202E`);
    const { name } = list.noteServer({ address: 'https://push.example.org', name: ' a\u001B[2Jb ' });
    expect(name).toBe(String.raw`a\u001B[2Jb`);
  });

  it('forgets one for good', async () => {
    const { file, open } = home();
    const list = open();
    const { id } = list.noteServer({ address: 'https://a.example', name: 'a' });
    list.change(id, { sealedToken: 'c2VjcmV0' });
    await written(file, 'c2VjcmV0');
    list.forget(id);
    await expect.poll(() => readFileSync(file, 'utf8')).not.toContain('c2VjcmV0');
    expect(list.find(id)).toBeNull();
  });

  it.each(['', '{', '[]', '{"workspaces":7}', 'null'])(
    'keeps a file that cannot be used (%j) aside, and begins anew',
    (text) => {
      const { folder, file, open, said } = home();
      writeFileSync(file, text);
      expect(open().all()).toEqual([]);
      expect(said).toHaveLength(1);
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/^workspaces\.json\.invalid-\d+$/)]);
    },
  );

  it('reads what it can of a file that anybody wrote', () => {
    const { file, open } = home();
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (entries) => {
        writeFileSync(file, JSON.stringify({ workspaces: entries }));
        expect(open().all()).toEqual([]);
      }),
      { numRuns: 200 },
    );
    const good = { id: randomUUID(), kind: 'folder', path: '/data/a', name: 'a', openedAt: 5 };
    writeFileSync(file, JSON.stringify({ workspaces: [7, good, { ...good, id: '../x' }] }));
    expect(open().all()).toEqual([good]);
  });
});
