import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeDataFolder, tightenDataFolder, type FolderFacts } from './data-folder.ts';

const ME = 1000;

function folder(mode = 0o700) {
  const home = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
  onTestFinished(() => {
    rmSync(home, { recursive: true });
  });
  const dataDir = path.join(home, 'data');
  mkdirSync(dataDir);
  chmodSync(dataDir, mode);
  const write = (name: string, fileMode = 0o644) => {
    const file = path.join(dataDir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '');
    chmodSync(file, fileMode);
    return () => statSync(file).mode & 0o777;
  };
  return { home, dataDir, write };
}

const facts = (more: Partial<FolderFacts> = {}): FolderFacts => ({
  mode: 0o40_700,
  owner: ME,
  link: null,
  isStoreClosed: true,
  ...more,
});
const codeOf = (more: Partial<FolderFacts>, user: number | null = ME) =>
  judgeDataFolder('/data', user, facts(more))?.code ?? null;

describe('tightening', () => {
  it.each([
    'pushdesk.db',
    'pushdesk.db-wal',
    'pushdesk.db-shm',
    'pushdesk.lock',
    'rehearsal.db',
    'rehearsal.db-wal',
    'rehearsal.db-journal',
    'pushdesk.log',
    'pushdesk.old.log',
    'window.json',
    'workspaces.json',
    'workspaces.json.0b4f1f0e-97a4-4b1e-8f0e-1c6f8f6d7d11.tmp',
    'window-0b4f1f0e-97a4-4b1e-8f0e-1c6f8f6d7d11.json',
    'private-keys.json',
    'private-keys.json.0b4f1f0e-97a4-4b1e-8f0e-1c6f8f6d7d11.tmp',
    'push-tokens.json',
    'key-ring.json',
    'api-token',
    'backups/pushdesk-v80-20261128T120000000Z.db',
  ])('closes %s to others', (name) => {
    const { dataDir, write } = folder();
    const mode = write(name);
    tightenDataFolder(dataDir);
    expect(mode()).toBe(0o600);
  });

  it('closes the folders that are its own, and leaves what is not', () => {
    const { dataDir, write } = folder(0o755);
    const notes = write('notes.txt');
    const other = write('backups/of-my-own.db');
    write('browser/Cookies');
    tightenDataFolder(dataDir);
    expect([notes(), other()]).toEqual([0o644, 0o644]);
    for (const name of ['backups', 'browser'])
      expect(statSync(path.join(dataDir, name)).mode & 0o777).toBe(0o700);
    expect(statSync(dataDir).mode & 0o777).toBe(0o755);
  });

  it('does nothing where there is no folder', () => {
    expect(() => {
      tightenDataFolder('/nowhere/at/all');
    }).not.toThrow();
  });
});

describe('the judgement of the folder', () => {
  it.each([0o700, 0o500])('has nothing to say of %o', (mode) => {
    expect(codeOf({ mode })).toBeNull();
  });

  it.each([
    [0o755, 'data-folder-open'],
    [0o750, 'data-folder-open'],
    [0o701, 'data-folder-open'],
    [0o775, 'data-folder-writable'],
    [0o777, 'data-folder-writable'],
    [0o1777, 'data-folder-writable'],
  ])('of mode %o is %s', (mode, code) => {
    expect(codeOf({ mode })).toBe(code);
  });

  it('names the command that closes it, safe to paste', () => {
    const problem = judgeDataFolder("/home/o'hara/my data", ME, facts({ mode: 0o755 }));
    expect(problem?.cure).toBe(String.raw`To prevent this, run: chmod 700 '/home/o'\''hara/my data'`);
  });

  it('names another owner before its mode, and takes root for none', () => {
    expect(codeOf({ owner: 1001, mode: 0o777 })).toBe('data-folder-foreign');
    expect(codeOf({ owner: 0 })).toBeNull();
    expect(codeOf({ owner: 0, mode: 0o777 })).toBe('data-folder-writable');
  });

  it('looks behind a link, and distrusts the link of another user', () => {
    const own = { target: '/mnt/data', owner: ME };
    expect(codeOf({ link: own })).toBeNull();
    expect(judgeDataFolder('/data', ME, facts({ link: own, mode: 0o755 }))).toMatchObject({
      cause: expect.stringContaining('/mnt/data (/data is a link to it)') as string,
      cure: expect.stringContaining("chmod 700 '/mnt/data'") as string,
    });
    expect(codeOf({ link: { target: '/mnt/data', owner: 1001 } })).toBe('data-folder-foreign-link');
  });

  it('tells a disk without permissions from a folder that was left open', () => {
    expect(codeOf({ isStoreClosed: false, mode: 0o777 })).toBe('data-folder-no-permissions');
  });

  it('is silent where the system has no such rights, and where there is no folder', () => {
    expect(codeOf({ mode: 0o777 }, null)).toBeNull();
    expect(judgeDataFolder('/nowhere/at/all', ME)).toBeNull();
  });

  it('reads a real folder, and a real link to it', () => {
    const { home, dataDir, write } = folder(0o755);
    write('pushdesk.db', 0o600);
    const { uid } = statSync(dataDir);
    const link = path.join(home, 'link');
    symlinkSync(dataDir, link);
    expect(judgeDataFolder(link, uid)).toMatchObject({
      code: 'data-folder-open',
      cause: expect.stringContaining(`${link} is a link to it`) as string,
    });
    chmodSync(dataDir, 0o700);
    expect(judgeDataFolder(link, uid)).toBeNull();
    chmodSync(path.join(dataDir, 'pushdesk.db'), 0o644);
    expect(judgeDataFolder(dataDir, uid)?.code).toBe('data-folder-no-permissions');
  });
});
