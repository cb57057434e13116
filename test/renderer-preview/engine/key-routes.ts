import { implement } from '@orpc/server';
import { keyPairIdSchema } from '../../../electron/contract/ids.ts';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { contract } from '../../../electron/contract/procedures.ts';
import { checkSubject } from '../../../electron/core/keys/subject.ts';
import { sampleReading } from './sample-key-reading.ts';
import type { Changes } from './changes.ts';
import { refuse } from './refuse.ts';
import { lockedKeyPairs, publicKeyOf, sampleKeyPairs } from './samples.ts';
import type { SampleKeyRing } from './sample-key-ring.ts';
import type { Scenario } from './scenario.ts';

const os = implement(contract);

export function createKeyRoutes(scenario: Scenario, changes: Changes, keyRing: SampleKeyRing) {
  let pairs = scenario === 'empty' ? [] : scenario === 'locked' ? lockedKeyPairs() : sampleKeyPairs();

  const refuseWhereNothingWorks = () => {
    if (scenario !== 'failing') return;
    refuse('UNAVAILABLE', {
      code: 'store-locked',
      cause: 'The data file is locked by another program.',
      cure: 'Close the other program that uses it, then try again.',
    });
  };
  const add = (name: string, subject: string): KeyPair => {
    refuseWhereNothingWorks();
    const check = checkSubject(subject);
    if (check.kind === 'refused') return refuse('BAD_INPUT', { ...check.problem, field: 'subject' });
    const pair: KeyPair = {
      id: keyPairIdSchema.parse(pairs.length + 1),
      name,
      subject: check.subject,
      subjectWarning: check.kind === 'warning' ? check.problem : null,
      publicKey: publicKeyOf(pairs.length + 40),
      createdAt: Date.now(),
      inUse: pairs.length === 0,
      canSign: true,
      privateHalf: 'ready',
      privateHalfProblem: null,
      copiedAt: null,
      subscriptions: { active: 0, total: 0 },
    };
    pairs = [...pairs, pair];
    changes.publish('keys');
    return pair;
  };
  const find = (id: number) =>
    pairs.find((pair) => pair.id === id) ??
    refuse('NOT_FOUND', { code: 'key-pair-gone', cause: 'This key pair is gone.', cure: 'Open Keys again.' });

  return {
    list: os.keys.list.handler(() => {
      refuseWhereNothingWorks();
      return pairs;
    }),
    generate: os.keys.generate.handler(({ input }) => add(input.name, input.subject)),
    read: os.keys.read.handler(({ input }) => sampleReading(input.text)),
    import: os.keys.import.handler(({ input }) => add(input.name, input.subject)),
    update: os.keys.update.handler(({ input }) => {
      const check = checkSubject(input.subject);
      if (check.kind === 'refused') return refuse('BAD_INPUT', { ...check.problem, field: 'subject' });
      const pair = {
        ...find(input.id),
        name: input.name,
        subject: check.subject,
        subjectWarning: check.kind === 'warning' ? check.problem : null,
      };
      pairs = pairs.map((other) => (other.id === pair.id ? pair : other));
      changes.publish('keys');
      return pair;
    }),
    use: os.keys.use.handler(({ input }) => {
      pairs = pairs.map((pair) => ({ ...pair, inUse: pair.id === input.id }));
      changes.publish('keys');
      return find(input.id);
    }),
    unlock: os.keys.unlock.handler(() => {
      keyRing.unlock();
      pairs = sampleKeyPairs();
      changes.publish('keys', 'app');
      return pairs;
    }),
    remove: os.keys.remove.handler(({ input }) => {
      if (find(input.id).subscriptions.active > 0) {
        refuse('CONFLICT', {
          code: 'key-pair-needed',
          cause: `${find(input.id).subscriptions.active} active subscriptions were made with this key pair.`,
          cure: 'Delete them first, or keep the key pair.',
        });
      }
      pairs = pairs.filter((pair) => pair.id !== input.id);
      changes.publish('keys');
      return { id: input.id };
    }),
    export: os.keys.export.handler(({ input }) => {
      pairs = pairs.map((pair) => (pair.id === input.id ? { ...pair, copiedAt: Date.now() } : pair));
      changes.publish('keys');
      return { path: '/home/irene/baker-street-news.json' };
    }),
  };
}
