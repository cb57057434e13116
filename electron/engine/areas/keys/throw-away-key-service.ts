import type { Clock } from '../../base/clock.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import type { KeyService } from './key-service.ts';
import type { WritableDb } from '../../store/database.ts';
import { createKeyPairStore } from './key-pair-store.ts';

/** Every push service accepts it as a contact, and it belongs to nobody (RFC 2606 §3). */
const SUBJECT = 'mailto:rehearsal@example.com';

/** The key pair of a rehearsal. Its private half is in memory only, and ends with it. */
export interface ThrowAwayKeys extends Pick<KeyService, 'list' | 'signingKey'> {
  /** 65 bytes in base64url. */
  readonly publicKey: string;
}

export function createThrowAwayKeys(db: WritableDb, clock: Clock): ThrowAwayKeys {
  const { publicKey, privateKey } = makeKeyPair();
  const row = createKeyPairStore(db).add({
    name: 'Rehearsal',
    subject: SUBJECT,
    publicKey,
    createdAt: clock.now(),
  });
  return {
    publicKey,
    list: () => [
      {
        ...row,
        subjectWarning: null,
        canSign: true,
        privateHalf: 'ready',
        privateHalfProblem: null,
        subscriptions: { active: 0, total: 0 },
      },
    ],
    signingKey: (id) => (id === row.id ? { keyPairId: id, publicKey, privateKey, subject: SUBJECT } : null),
  };
}
