import { describe, expect, it } from 'vitest';
import { createKeyRing, type SafeStorageCalls } from './key-ring.ts';

const storage = (available: boolean, backend?: string): SafeStorageCalls => ({
  isEncryptionAvailable: () => available,
  encryptString: (plain) => Buffer.from(plain.split('').reverse().join('')),
  decryptString: (sealed) => sealed.toString().split('').reverse().join(''),
  ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
});

describe('the key ring', () => {
  it('seals and opens where the system has one', () => {
    const ring = createKeyRing(storage(true, 'gnome_libsecret'), 'linux');
    expect(ring.status()).toEqual({ available: true, backend: 'gnome_libsecret' });
    const sealed = ring.seal('secret');
    expect(Buffer.from(sealed, 'base64').toString()).toBe('terces');
    expect(ring.open(sealed)).toBe('secret');
  });

  it('names itself where Electron does not', () => {
    expect(createKeyRing(storage(true), 'darwin').status()).toEqual({ available: true, backend: 'Keychain' });
    expect(createKeyRing(storage(true), 'win32').status().backend).toBe('Data Protection API');
  });

  it.each([
    ['there is none', storage(false, 'unknown')],
    ['its password stands in the source of Chromium', storage(true, 'basic_text')],
  ])('is not to be had where %s', (_why, calls) => {
    const ring = createKeyRing(calls, 'linux');
    expect(ring.status().available).toBe(false);
    expect(() => ring.seal('secret')).toThrow('no key ring');
    expect(() => ring.open('c2VjcmV0')).toThrow('no key ring');
  });
});
