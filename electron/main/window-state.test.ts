import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepBadWindowState } from './window-state.ts';

const NOW = new Date('2026-11-29T06:57:22.123Z');

function keep(text: string | null) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = path.join(folder, 'window.json');
  if (text !== null) writeFileSync(file, text, { mode: 0o644 });
  const said: string[] = [];
  keepBadWindowState(file, { now: NOW, say: (line) => said.push(line) });
  return { folder, file, said };
}

it.each(['{"width":1240', '[]', '{"width":"wide","height":3}', 'rubbish'])(
  'puts aside what is no state of a window: %s',
  (text) => {
    const { folder, file, said } = keep(text);
    const aside = `${file}.invalid-20261129065722123`;
    expect(readdirSync(folder)).toEqual([path.basename(aside)]);
    expect(readFileSync(aside, 'utf8')).toBe(text);
    expect(statSync(aside).mode & 0o777).toBe(0o600);
    expect(said).toEqual([expect.stringContaining(aside) as string]);
  },
);

it.each(['{"width":1240,"height":820,"x":0,"y":0,"isMaximized":false}', '', null])(
  'leaves the rest alone: %s',
  (text) => {
    const { file, said } = keep(text);
    expect(existsSync(file)).toBe(text !== null);
    expect(said).toEqual([]);
  },
);
