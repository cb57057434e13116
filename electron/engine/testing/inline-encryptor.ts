import { encryptAll } from '../wire/encryption/encrypt-all.ts';
import type { Encryptor } from '../wire/encryption/encryptor.ts';

/** Encrypts on the calling thread, so that a test needs no built worker. */
export function createInlineEncryptor(): Encryptor {
  return {
    getReady: () => undefined,
    encrypt: (payload, recipients) => Promise.resolve(encryptAll(payload, recipients)),
    close: () => Promise.resolve(),
  };
}
