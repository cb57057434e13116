/** The operating system's key ring, as far as Electron reaches it. */
export interface KeyRing {
  status(): { available: boolean; backend: string };
  /** Base64 of what only this user on this machine can open. Throws where there is no key ring. */
  seal(plain: string): string;
  /** The reverse of `seal`. Throws when it was sealed by another user, machine or key ring. */
  open(sealed: string): string;
}

/**
 * What is used of Electron's `safeStorage`. The synchronous calls, which newer versions advise against, because they are
 * the ones that every version the app runs on has; they take well under a millisecond for a key of 32 bytes.
 */
export interface SafeStorageCalls {
  isEncryptionAvailable(): boolean;
  encryptString(plain: string): Buffer;
  decryptString(sealed: Buffer): string;
  getSelectedStorageBackend?(): string;
}

const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Keychain',
  win32: 'Data Protection API',
};

/**
 * `basic_text` is no key ring: there Chromium "encrypts" with a password that stands in its source code, so it counts as
 * not available and the engine keeps its file of mode 0600 instead.
 */
export function createKeyRing(storage: SafeStorageCalls, platform: NodeJS.Platform): KeyRing {
  const backend = () =>
    platform === 'linux'
      ? (storage.getSelectedStorageBackend?.() ?? 'unknown')
      : (NAMES[platform] ?? platform);
  const available = () => storage.isEncryptionAvailable() && backend() !== 'basic_text';
  const mustBeAvailable = () => {
    if (!available()) throw new Error('There is no key ring on this machine.');
  };
  return {
    status: () => ({ available: available(), backend: backend() }),
    seal(plain) {
      mustBeAvailable();
      return storage.encryptString(plain).toString('base64');
    },
    open(sealed) {
      mustBeAvailable();
      return storage.decryptString(Buffer.from(sealed, 'base64'));
    },
  };
}
