import { describe, expect, it } from 'vitest';
import { createKeyRing, type SafeStorageCalls } from './key-ring.ts';
import type { SecretService } from './secret-service.ts';

interface Setting {
  available?: boolean;
  backend?: string;
  platform?: NodeJS.Platform;
  secretService?: SecretService | null;
}

function setting({ available = true, backend, platform = 'linux', secretService = null }: Setting = {}) {
  const calls: string[] = [];
  const storage: SafeStorageCalls = {
    isEncryptionAvailable() {
      calls.push('isEncryptionAvailable');
      return available;
    },
    encryptString: (plain) => Buffer.from(plain.split('').reverse().join('')),
    decryptString: (sealed) => sealed.toString().split('').reverse().join(''),
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
  };
  let show: () => void = () => undefined;
  const windowShown = new Promise<void>((resolve) => {
    show = resolve;
  });
  const ready: string[] = [];
  const ring = createKeyRing({
    storage,
    platform,
    secretService,
    windowShown,
    onReady: (name) => ready.push(name),
  });
  return { ring, calls, show, ready };
}

/** Locked until the person, who is asked once the question is out, gives the password. */
function service({ locked = true, gives = true } = {}) {
  let isLocked = locked;
  const asked: string[] = [];
  const secretService: SecretService = {
    isLocked: () => Promise.resolve(isLocked),
    unlock() {
      asked.push('unlock');
      if (gives) isLocked = false;
      return Promise.resolve();
    },
  };
  return { secretService, asked };
}

/** Lets everything run that is only waiting for its turn. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the key ring', () => {
  it('seals and opens where the system has one that is open', async () => {
    const { ring, ready } = setting({ backend: 'gnome_libsecret', ...service({ locked: false }) });
    expect(await ring.status()).toEqual({ state: 'ready', backend: 'gnome_libsecret' });
    const sealed = ring.seal('secret');
    expect(Buffer.from(sealed, 'base64').toString()).toBe('terces');
    expect(ring.open(sealed)).toBe('secret');
    await ring.status();
    expect(ready).toEqual(['gnome_libsecret']);
  });

  it('names itself where Electron does not', async () => {
    const { ring, show } = setting({ platform: 'darwin' });
    show();
    expect(await ring.status()).toEqual({ state: 'ready', backend: 'Keychain' });
    expect((await setting({ platform: 'win32' }).ring.status()).backend).toBe('Data Protection API');
  });

  it.each([
    ['there is none', false, 'unknown'],
    ['its password stands in the source of Chromium', true, 'basic_text'],
  ])('is not to be had where %s', async (_why, available, backend) => {
    const { ring, show, ready } = setting({ available, backend });
    show();
    expect((await ring.status()).state).toBe('none');
    expect(() => ring.seal('secret')).toThrow('no key ring');
    expect(() => ring.open('c2VjcmV0')).toThrow('no key ring');
    expect(ready).toEqual([]);
  });

  it('is not touched while it is locked, because that would stop the window', async () => {
    const { secretService, asked } = service();
    const { ring, calls, show } = setting({ backend: 'gnome_libsecret', secretService });
    expect((await ring.status()).state).toBe('locked');
    expect(() => ring.seal('secret')).toThrow('locked');
    expect(calls).toEqual([]);
    expect(asked).toEqual([]);
    show();
    expect((await ring.unlock()).state).toBe('ready');
    expect(asked).toEqual(['unlock']);
    expect(ring.open(ring.seal('secret'))).toBe('secret');
  });

  it('stays locked where the person dismisses the question, and can be asked again', async () => {
    const { secretService, asked } = service({ gives: false });
    const { ring, calls, show } = setting({ backend: 'gnome_libsecret', secretService });
    show();
    expect((await ring.unlock()).state).toBe('locked');
    expect((await ring.unlock()).state).toBe('locked');
    expect(asked).toHaveLength(2);
    expect(calls).toEqual([]);
  });

  it('asks the person only when the window stands', async () => {
    const { secretService, asked } = service();
    const { ring, show } = setting({ backend: 'gnome_libsecret', secretService });
    const unlocked = ring.unlock();
    await turn();
    expect(asked).toEqual([]);
    show();
    await unlocked;
    expect(asked).toEqual(['unlock']);
  });

  it.each([
    ['kwallet5', null],
    [
      'gnome_libsecret',
      { isLocked: () => Promise.reject(new Error('gone')), unlock: () => Promise.resolve() },
    ],
  ])(
    'that may ask in a way nobody can foresee (%s) is called only when the window stands',
    async (backend, secretService) => {
      const { ring, calls, show } = setting({ backend, secretService });
      const status = ring.status();
      await turn();
      expect(calls).toEqual([]);
      show();
      expect((await status).state).toBe('ready');
    },
  );
});
