import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mustSuit, sameName } from './workspace-folders.ts';

function folder(...names: string[]) {
  const made = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
  onTestFinished(() => {
    rmSync(made, { recursive: true });
  });
  for (const name of names) writeFileSync(path.join(made, name), '');
  return made;
}

describe('a folder that a person chose', () => {
  it.each([[[]], [['.DS_Store']], [['pushdesk.db', 'notes.txt']], [['pushdesk.lock']]])(
    'with %j in it can be a workspace',
    (names) => {
      expect(() => {
        mustSuit(folder(...names));
      }).not.toThrow();
    },
  );

  it('with other files in it is left alone', () => {
    expect(() => {
      mustSuit(folder('letter.txt'));
    }).toThrow(/holds other files and no Pushdesk data/);
  });

  it('that is not there is judged later, with its reason', () => {
    expect(() => {
      mustSuit('/nowhere/at/all');
    }).not.toThrow();
  });

  it('has one name, whatever link leads to it', () => {
    const home = folder();
    mkdirSync(path.join(home, 'shop'));
    symlinkSync(path.join(home, 'shop'), path.join(home, 'link'));
    expect(sameName(path.join(home, 'link'))).toBe(sameName(path.join(home, 'shop')));
    expect(sameName('/nowhere/../at')).toBe(path.resolve('/at'));
  });
});
