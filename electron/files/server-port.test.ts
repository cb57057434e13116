import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { noteServerPort, readServerPort } from './server-port.ts';

const folders: string[] = [];
const tempFolder = () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-port-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

it('tells the port that was noted, and nothing once the server stopped', async () => {
  const dataDir = tempFolder();
  expect(await readServerPort(dataDir)).toBeNull();
  await noteServerPort(dataDir, 4831);
  expect(await readServerPort(dataDir)).toBe(4831);
  expect(statSync(path.join(dataDir, 'server-port')).mode & 0o077).toBe(0);
  await noteServerPort(dataDir, null);
  expect(await readServerPort(dataDir)).toBeNull();
  expect(existsSync(path.join(dataDir, 'server-port'))).toBe(false);
});

it.each(['', 'x', '0', '70000', '-1', '48 30', '4830\n\n'])('takes %j for none', async (text) => {
  const dataDir = tempFolder();
  writeFileSync(path.join(dataDir, 'server-port'), text);
  expect(await readServerPort(dataDir)).toBeNull();
});

it('takes a folder of that name for none', async () => {
  const dataDir = tempFolder();
  mkdirSync(path.join(dataDir, 'server-port'));
  expect(await readServerPort(dataDir)).toBeNull();
});
