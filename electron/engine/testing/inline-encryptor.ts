import { encryptAll } from './encrypt-all.ts';
import type { Encryptor } from './encryptor.ts';

/** Encrypts on the calling thread: for a campaign of a few, where a worker thread costs more than it brings. */
export function createInlineEncryptor(): Encryptor {
  return {
    getReady: () => undefined,
    encrypt: (payload, recipients) => Promise.resolve(encryptAll(payload, recipients)),
    close: () => Promise.resolve(),
  };
}
