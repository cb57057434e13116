import { keyPairIdSchema } from '../../electron/contract/ids.ts';
import type { KeyPair } from '../../electron/contract/key-pair.ts';

const MOMENT = Date.UTC(2026, 2, 3, 14, 0);

export function sampleKeyPair({
  id = 1,
  ...rest
}: Partial<Omit<KeyPair, 'id'>> & { id?: number } = {}): KeyPair {
  return {
    id: keyPairIdSchema.parse(id),
    name: 'Baker Street News',
    subject: 'mailto:push@bakerstreet.example',
    subjectWarning: null,
    publicKey: `B${'k'.repeat(85)}${id}`,
    createdAt: MOMENT,
    inUse: true,
    canSign: true,
    privateHalf: 'ready',
    privateHalfProblem: null,
    copiedAt: MOMENT,
    subscriptions: { active: 0, total: 0 },
    ...rest,
  };
}
