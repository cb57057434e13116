import { describe, expect, it } from 'vitest';
import { mayPackage } from './make-packages.mjs';
import { readPackageOptions } from './options.mjs';

const standIn = { kind: 'stand-in', version: '33.2.1', folder: '/nowhere' };

describe('packaging', () => {
  it('does not take the stand-in unasked', () => {
    expect(() => mayPackage(standIn, { withStandIn: false })).toThrow('pass --with-stand-in');
    expect(() => mayPackage(standIn, { withStandIn: true })).not.toThrow();
  });

  it.each(['official', 'own'])('takes an Electron of kind %s', (kind) => {
    expect(() => mayPackage({ ...standIn, kind }, { withStandIn: false })).not.toThrow();
  });
});

describe('what is to be packaged', () => {
  it('is every installer of the system, those that are named, or the folder alone', () => {
    const read = (...args) => readPackageOptions(args, 'linux');
    expect(read()).toEqual({ withStandIn: false, installers: ['AppImage', 'deb', 'rpm', 'tar.gz'] });
    expect(read('--with-stand-in', 'deb')).toEqual({ withStandIn: true, installers: ['deb'] });
    expect(read('--dir')).toEqual({ withStandIn: false, installers: [] });
    expect(() => read('dmg')).toThrow('"dmg" cannot be packaged here');
    expect(() => read('--with-standin')).toThrow('--with-standin');
  });
});
