import type { z } from 'zod';
import type { KeyPairId } from '../../../contract/ids.ts';
import type {
  generateKeyPairInputSchema,
  importKeyPairInputSchema,
  KeyFileFormat,
  KeyPair,
  KeyTextReading,
  updateKeyPairInputSchema,
} from '../../../contract/keys.ts';
import { Refusal } from '../../../contract/problem.ts';
import { whyNotRemovable } from '../../../core/keys/key-removal.ts';
import { describePrivateHalf } from '../../../core/keys/private-half.ts';
import { checkSubject, contactProblem } from '../../../core/keys/subject.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import { mustStillBe } from '../../base/must-still-be.ts';
import type { Host } from '../../base/host.ts';
import type { Log } from '../../base/log.ts';
import type { KeyPairRow, KeyPairStore } from './key-pair-store.ts';
import type { KeyRotation, MovingIn } from '../../../contract/moves.ts';
import type { SubscriptionMoves } from '../subscriptions/subscription-moves-service.ts';
import type { SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { makeKeyPair, type HeldKeyPair, type RawKeyPair } from '../../keys/curve.ts';
import { readKeys } from '../../keys/key-text.ts';
import { freeName } from '../../../core/keys/free-name.ts';
import { keyFileOf } from './key-file.ts';
import * as refused from './key-refusals.ts';
import type { KeyVault } from '../../keys/key-vault.ts';
import type { SigningKey } from '../../keys/signing-key.ts';

/** Key pairs: their names and contacts in the store, their private halves in the vault. */
export interface KeyService {
  /** Oldest first. */
  list(): KeyPair[];
  /** @throws Refusal BAD_INPUT for a malformed contact */
  generate(input: z.infer<typeof generateKeyPairInputSchema>): Promise<KeyPair>;
  /** Says what a text contains; stores nothing. */
  read(input: { text: string }): KeyTextReading;
  /** @throws Refusal BAD_INPUT for text without a key pair, or with several and no choice made; CONFLICT for one that is already here */
  import(input: z.infer<typeof importKeyPairInputSchema>): Promise<KeyPair>;
  /** @throws Refusal NOT_FOUND, BAD_INPUT */
  update(input: z.infer<typeof updateKeyPairInputSchema>): KeyPair;
  /**
   * Browsers of the pair that was in use before move to this one on their next visit.
   * @throws Refusal NOT_FOUND, or CONFLICT when its private half cannot be opened
   */
  use(input: { id: KeyPairId }): KeyPair;
  /** Changes of key, newest first. */
  rotations(): Promise<KeyRotation[]>;
  movingIn(): Promise<MovingIn>;
  /** Asks the person to unlock the key ring if it is locked, and answers once they have done so or declined. */
  unlock(): Promise<KeyPair[]>;
  /** Whether a private half is waiting for the key ring to be unlocked. */
  isLocked(): boolean;
  /** @throws Refusal NOT_FOUND, or CONFLICT while active subscriptions belong to it or it is in use and there are others */
  remove(input: { id: KeyPairId }): Promise<{ id: KeyPairId }>;
  /** @throws Refusal NOT_FOUND, UNAVAILABLE without a desktop or without the private half */
  export(input: { id: KeyPairId; format?: KeyFileFormat }): Promise<{ path: string | null }>;
  /** Signs with a pair whose private half is held elsewhere, and puts it in use. Its private half is never written. */
  hold(pair: HeldKeyPair): void;
  /** The pair that the subscribe page hands out. */
  inUse(): KeyPairRow | null;
  /** `null`: there is no such pair. */
  publicKeyOf(id: KeyPairId): string | null;
  /** What signs for this pair, or `null` when it is unknown or its private half cannot be opened. */
  signingKey(id: KeyPairId): SigningKey | null;
}

export interface KeyServiceOptions {
  store: KeyPairStore;
  sums: Pick<SubscriptionSums, 'list'>;
  moves: Pick<SubscriptionMoves, 'changeKey' | 'rotations' | 'movingIn'>;
  vault: KeyVault;
  /** Saves a file where the person says; `null` without a desktop. */
  saveTextFile: Host['desktop']['saveTextFile'] | null;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
  /** A private half that could not be opened is now available: what waited for it goes on. */
  onReady?: () => void;
  makeKeyPair?: () => RawKeyPair;
}

export function createKeyService(options: KeyServiceOptions): KeyService {
  const { store, sums, moves, vault, saveTextFile, changes, clock, log, onReady = () => undefined } = options;
  const make = options.makeKeyPair ?? makeKeyPair;
  const hasDesktop = saveTextFile !== null;

  const toKeyPair = (row: KeyPairRow): KeyPair => {
    const half = vault.stateOf(row.publicKey);
    const own = sums.list().filter((sum) => !sum.inBin && sum.publicKey === row.publicKey);
    return {
      id: row.id,
      name: row.name,
      subject: row.subject,
      subjectWarning: contactProblem(row.subject),
      publicKey: row.publicKey,
      createdAt: row.createdAt,
      inUse: row.inUse,
      canSign: half === 'ready',
      privateHalf: half,
      privateHalfProblem: describePrivateHalf(half, row.name, hasDesktop),
      copiedAt: row.copiedAt,
      subscriptions: {
        active: total(own.filter((sum) => sum.state === 'active')),
        total: total(own),
      },
    };
  };

  const mustGet = (id: KeyPairId): KeyPairRow => {
    const row = store.get(id);
    if (row === null) throw refused.unknownPair();
    return row;
  };

  const subjectOf = (text: string): string => {
    const checked = checkSubject(text);
    if (checked.kind === 'refused') throw new Refusal('BAD_INPUT', { field: 'subject', ...checked.problem });
    return checked.subject;
  };

  const nameFor = (wanted: string, self: KeyPairId | null): string =>
    freeName(
      wanted,
      store.list().flatMap((row) => (row.id === self ? [] : [row.name])),
    );

  /** The private half is on disk before the pair shows, so that no pair is ever handed out that cannot sign. */
  const keep = async (
    raw: RawKeyPair,
    name: string,
    subject: string,
    copiedAt: number | null,
  ): Promise<KeyPair> => {
    await vault.put(raw.publicKey, raw.privateKey);
    const createdAt = clock.now();
    const row = store.add({
      name: nameFor(name, null),
      subject,
      publicKey: raw.publicKey,
      createdAt,
      copiedAt,
    });
    changes.publish('keys', 'subscriptions', 'app');
    return toKeyPair(row);
  };

  const readPasted = (text: string, chosen: string | undefined): RawKeyPair => {
    const { pairs, problem } = readKeys(text);
    if (problem !== null) throw new Refusal('BAD_INPUT', problem);
    const [first, ...others] =
      chosen === undefined ? pairs : pairs.filter(({ publicKey }) => publicKey === chosen);
    if (first === undefined) throw refused.notInText();
    if (others.length > 0) throw refused.severalPairs(pairs.length);
    return { privateKey: first.privateKey, publicKey: first.publicKey };
  };

  const knownPair = (publicKey: string): KeyTextReading['pairs'][number]['known'] => {
    const row = store.byPublicKey(publicKey);
    return row === null ? null : { name: row.name, canSign: vault.privateKeyOf(publicKey) !== null };
  };

  const list = () => store.list().map(toKeyPair);

  const useFromNow = ({ id, publicKey }: KeyPairRow) => {
    moves.changeKey(store.inUse()?.publicKey ?? null, publicKey, () => {
      store.use(id);
    });
  };

  const rotatedPair = (publicKey: string): KeyRotation['from'] => {
    const row = store.byPublicKey(publicKey);
    return { id: row?.id ?? null, name: row?.name ?? null, publicKey };
  };

  const refuseClosed = (row: KeyPairRow, kind: 'CONFLICT' | 'UNAVAILABLE') => {
    const problem = describePrivateHalf(vault.stateOf(row.publicKey), row.name, hasDesktop);
    if (problem !== null) throw new Refusal(kind, problem);
  };

  return {
    list,

    async generate({ name, subject }) {
      const contact = subjectOf(subject);
      const raw = make();
      const made = await keep(raw, name, contact, null);
      log.info({ keyPairId: made.id }, 'made a key pair');
      return made;
    },

    read({ text }) {
      const { pairs, remarks, subject, problem } = readKeys(text);
      return {
        pairs: pairs.map(({ publicKey, isProven, mended, line }) => ({
          publicKey,
          isProven,
          mended: [...mended],
          line,
          known: knownPair(publicKey),
        })),
        remarks: [...remarks],
        subject,
        problem,
      };
    },

    async import({ name, subject, text, publicKey }) {
      const contact = subjectOf(subject);
      const raw = readPasted(text, publicKey);
      const known = store.byPublicKey(raw.publicKey);
      if (known === null) {
        const imported = await keep(raw, name, contact, clock.now());
        log.info({ keyPairId: imported.id }, 'imported a key pair');
        return imported;
      }
      if (vault.privateKeyOf(known.publicKey) !== null) throw refused.alreadyHere(known.name);
      // Its private half could not be opened here: the paste brings it back, and the subscriptions with it.
      await vault.put(raw.publicKey, raw.privateKey);
      store.noteCopy(known.id, clock.now());
      changes.publish('keys', 'subscriptions', 'app');
      log.info({ keyPairId: known.id }, 'got the private half of a key pair back');
      onReady();
      return toKeyPair(mustGet(known.id));
    },

    update({ id, name, subject, was }) {
      const before = mustGet(id);
      mustStillBe(before, was);
      const contact = subject === undefined ? before.subject : subjectOf(subject);
      store.update(id, { name: name === undefined ? before.name : nameFor(name, id), subject: contact });
      changes.publish('keys', 'subscriptions');
      return toKeyPair(mustGet(id));
    },

    use({ id }) {
      const row = mustGet(id);
      refuseClosed(row, 'CONFLICT');
      useFromNow(row);
      changes.publish('keys');
      return toKeyPair(mustGet(id));
    },

    rotations: async () =>
      (await moves.rotations()).map((rotation) => ({
        ...rotation,
        from: rotatedPair(rotation.from),
        to: rotatedPair(rotation.to),
      })),

    movingIn: () => moves.movingIn(),

    async unlock() {
      const before = list().filter(({ canSign }) => canSign).length;
      await vault.unlock();
      const pairs = list();
      if (pairs.filter(({ canSign }) => canSign).length > before) onReady();
      return pairs;
    },

    isLocked: () => list().some(({ privateHalf }) => privateHalf === 'locked'),

    async remove({ id }) {
      const row = mustGet(id);
      const problem = whyNotRemovable(toKeyPair(row), store.list().length > 1);
      if (problem !== null) throw new Refusal('CONFLICT', problem);
      store.remove(id);
      changes.publish('keys', 'subscriptions', 'app');
      await vault.remove(row.publicKey);
      log.info({ keyPairId: id }, 'removed a key pair');
      return { id };
    },

    async export({ id, format = 'json' }) {
      const row = mustGet(id);
      if (saveTextFile === null) throw refused.noDesktop(vault.file);
      refuseClosed(row, 'UNAVAILABLE');
      const privateKey = vault.privateKeyOf(row.publicKey) ?? '';
      const { path } = await saveTextFile({
        title: 'Export key pair',
        ...keyFileOf({ publicKey: row.publicKey, privateKey, subject: row.subject }, format),
      });
      if (path !== null) {
        store.noteCopy(id, clock.now());
        changes.publish('keys');
        log.info({ keyPairId: id }, 'exported a key pair');
      }
      return { path };
    },

    hold({ publicKey, privateKey, subject }) {
      vault.hold(publicKey, privateKey);
      const createdAt = clock.now();
      const row =
        store.byPublicKey(publicKey) ??
        store.add({ name: nameFor(HELD_NAME, null), subject, publicKey, createdAt, copiedAt: createdAt });
      if (row.subject !== subject) store.update(row.id, { name: row.name, subject });
      if (!row.inUse) useFromNow(row);
      log.info({ keyPairId: row.id }, 'signs with the key pair of the environment');
    },

    inUse: () => store.inUse(),
    publicKeyOf: (id) => store.get(id)?.publicKey ?? null,

    signingKey(id) {
      const row = store.get(id);
      const privateKey = row === null ? null : vault.privateKeyOf(row.publicKey);
      if (row === null || privateKey === null) return null;
      return { keyPairId: id, publicKey: row.publicKey, privateKey, subject: row.subject };
    },
  };
}

/** What a pair from the environment is called until the person renames it. */
const HELD_NAME = 'From the environment';

function total(sums: { count: number }[]): number {
  return sums.reduce((count, sum) => count + sum.count, 0);
}
