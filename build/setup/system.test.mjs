import { describe, expect, it } from 'vitest';
import { missing, NEEDS } from './system-needs.mjs';
import { commandFor, distribution } from './system.mjs';

const GTK = NEEDS.ELECTRON[0];

describe('what the system lacks', () => {
  it('is every library that the linker does not list', () => {
    const listed = '\tlibgtk-3.so.0 (libc6,x86-64) => /usr/lib/x86_64-linux-gnu/libgtk-3.so.0\n';
    expect(missing([GTK], listed)).toEqual([]);
    expect(missing([GTK], '\tlibgtk-3.so.0.1 (libc6)\n')).toEqual([GTK]);
  });

  it('is not guessed where the linker keeps no list', () => {
    expect(missing(NEEDS.ELECTRON, undefined)).toEqual([]);
  });

  it('is every program that is not on the PATH under any of its names', () => {
    const need = (...programs) => ({ programs });
    expect(missing([need('no-such-program', 'sh')], '')).toEqual([]);
    expect(missing([need('no-such-program')], '')).toHaveLength(1);
  });
});

describe('the distribution', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', 'debian'],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'debian'],
    ['ID="rhel"\nID_LIKE="fedora"\n', 'fedora'],
    ['ID=fedora\n', 'fedora'],
    ['ID=endeavouros\nID_LIKE="arch"\n', 'arch'],
    ['ID=alpine\n', 'other'],
  ])('is told from os-release %#', (text, family) => {
    expect(distribution(text)).toBe(family);
  });
});

describe('the command to run by hand', () => {
  it('is that of the distribution', () => {
    expect(commandFor('debian', [GTK])).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends libgtk-3-0',
    );
    expect(commandFor('fedora', [GTK])).toBe('sudo dnf install -y gtk3');
    expect(commandFor('arch', [GTK])).toBe('sudo pacman -S --needed gtk3');
  });

  it('names each package once', () => {
    expect(commandFor('debian', NEEDS.COMPILER).match(/build-essential/g)).toHaveLength(1);
  });

  it('names the libraries where the distribution is not known', () => {
    expect(commandFor('other', [GTK])).toContain('libgtk-3.so.0');
  });
});
