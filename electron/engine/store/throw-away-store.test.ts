import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { tempStore } from '../testing/temp-store.ts';
import { createSettingsStore } from './settings-store.ts';
import { openThrowAwayStore } from './throw-away-store.ts';

const open = (file: string) => openThrowAwayStore({ file, log: capturedLog().log, clock: fakeClock() });

it('has the schema of the real store, beside which it lies', () => {
  const folder = tempFolder();
  const real = tempStore({ folder });
  const store = open(path.join(folder, 'rehearsal.db'));
  expect(store.schemaVersion).toBe(real.schemaVersion);
  expect(statSync(store.file).mode & 0o777).toBe(0o600);
  createSettingsStore(store.db).set('name', '1');
  expect(createSettingsStore(real.db).get('name')).toBeNull();
  store.close();
});

it('takes the place of what a killed app has left', () => {
  const file = path.join(tempFolder(), 'rehearsal.db');
  for (const suffix of ['', '-journal', '-wal', '-shm']) writeFileSync(file + suffix, 'left behind');
  const store = open(file);
  expect(createSettingsStore(store.db).get('name')).toBeNull();
  store.close();
});

it('leaves nothing when it is closed, however often', () => {
  const folder = tempFolder();
  const store = open(path.join(folder, 'rehearsal.db'));
  createSettingsStore(store.db).set('name', '1');
  expect(existsSync(store.file)).toBe(true);
  store.close();
  store.close();
  expect(readdirSync(folder)).toEqual([]);
});

it('says in words that the folder cannot be written', () => {
  const inTheWay = path.join(tempFolder(), 'data');
  writeFileSync(inTheWay, '');
  expect(() => open(path.join(inTheWay, 'rehearsal.db'))).toThrow(
    expect.objectContaining({ kind: 'UNAVAILABLE' }),
  );
});
