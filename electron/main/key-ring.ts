import type { KeyRingStatus } from '../contract/host.ts';
import type { SecretService } from './secret-service.ts';

/** The operating system's key ring, as far as Electron reaches it. */
export interface KeyRing {
  status(): Promise<KeyRingStatus>;
  /** Asks the person to unlock it, where it is locked and can be asked beside the window. */
  unlock(): Promise<KeyRingStatus>;
  /** Base64 of what only this user on this machine can open. Throws where there is no key ring. */
  seal(plain: string): string;
  /** The reverse of `seal`. Throws when it was sealed by another user, machine or key ring. */
  open(sealed: string): string;
}

/**
 * The part of Electron's `safeStorage` that is used: the synchronous calls, which newer versions advise against, because every version the
 * app runs on has them; they take well under a millisecond for a key of 32 bytes.
 */
export interface SafeStorageCalls {
  isEncryptionAvailable(): boolean;
  encryptString(plain: string): Buffer;
  decryptString(sealed: Buffer): string;
  getSelectedStorageBackend?(): string;
}

export interface KeyRingOptions {
  storage: SafeStorageCalls;
  platform: NodeJS.Platform;
  /** `null` where the system has none. */
  secretService: SecretService | null;
  /** Resolves when the window is up. */
  windowShown: Promise<void>;
  /** Told once, with the backend's name, when it is known to seal. */
  onReady: (backend: string) => void;
}

const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Keychain',
  win32: 'Data Protection API',
};

/**
 * `basic_text` is no key ring: there Chromium "encrypts" with a password from its own source code, so it counts as not available and the
 * engine keeps its file of mode 0600 instead.
 *
 * [Note: key ring] The first call of `safeStorage` may ask the person for a password, stops the main thread until they have answered, and
 * its failure is final for this run. So a locked Secret Service is found and unlocked over D-Bus, which leaves the window running, and
 * every other key ring that may ask is called only once the window is up and says what is being waited for.
 */
export function createKeyRing(options: KeyRingOptions): KeyRing {
  const { storage, platform, secretService, windowShown, onReady } = options;
  let isReady = false;

  const backend = () =>
    platform === 'linux'
      ? (storage.getSelectedStorageBackend?.() ?? 'unknown')
      : (NAMES[platform] ?? platform);
  const service = () => (backend() === 'gnome_libsecret' ? secretService : null);
  /** `null`: nobody can tell. */
  const isLocked = async () => {
    try {
      return (await service()?.isLocked()) ?? null;
    } catch {
      return null;
    }
  };

  const status = async (): Promise<KeyRingStatus> => {
    const name = backend();
    if (isReady) return { state: 'ready', backend: name };
    if (name === 'basic_text') return { state: 'none', backend: name };
    const locked = await isLocked();
    if (locked === true) return { state: 'locked', backend: name };
    if (locked === null && platform !== 'win32') await windowShown;
    if (!storage.isEncryptionAvailable()) return { state: 'none', backend: name };
    isReady = true;
    onReady(name);
    return { state: 'ready', backend: name };
  };

  const mustBeReady = () => {
    if (!isReady) throw new Error('There is no key ring on this machine, or it is locked.');
  };

  return {
    status,
    async unlock() {
      await windowShown;
      try {
        await service()?.unlock();
      } catch {
        // The status tells how it went.
      }
      return status();
    },
    seal(plain) {
      mustBeReady();
      return storage.encryptString(plain).toString('base64');
    },
    open(sealed) {
      mustBeReady();
      return storage.decryptString(Buffer.from(sealed, 'base64'));
    },
  };
}
