import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { campaignRig, fcm, message } from './testing/campaign-rig.ts';
import { EVERYONE, start, sendAll } from './testing/send-all.ts';

describe('what stands against sending', () => {
  const refusalOf = (work: () => unknown): Refusal => {
    try {
      work();
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    throw new Error('it was not refused');
  };

  it('nobody to send to', () => {
    const rig = campaignRig();
    expect(refusalOf(() => start(rig)).problem).toMatchObject({
      code: 'nobody-to-send-to',
      cause: 'There are no subscriptions yet.',
    });
    expect(rig.rows('SELECT * FROM campaigns')).toEqual([]);
  });

  it('locked keys, which is never a reason to generate others', () => {
    const rig = campaignRig();
    rig.subscribe(fcm(1));
    rig.keys.locked.add(rig.keys.list()[0]?.id ?? (0 as never));
    const { code, cause, cure } = refusalOf(() => start(rig)).problem;
    expect(code).toBe('private-key-locked');
    expect(`${cause} ${cure}`).not.toMatch(/generate/i);
    expect(rig.rows('SELECT * FROM campaigns')).toEqual([]);
  });

  it('a key pair that stayed on another computer, which a new one cannot replace', () => {
    const rig = campaignRig();
    rig.store.db.write('DELETE FROM key_pairs').run({});
    rig.subscribe(fcm(2), makeKeyPair().publicKey);
    expect(refusalOf(() => start(rig)).problem).toMatchObject({
      code: 'key-not-held',
      cure: 'Import it on Keys. A new key pair cannot reach them.',
    });
    // Nobody knows of whom these are: a new one may do.
    rig.subscribe(fcm(1, 10), null);
    expect(refusalOf(() => start(rig)).problem.code).toBe('no-keys');
  });

  it('a message that is too large', () => {
    const rig = campaignRig();
    rig.subscribe(fcm(1));
    const large = message({ body: 'ä'.repeat(2000) });
    const refusal = refusalOf(() =>
      rig.service.start({ requestId: randomUUID(), message: large, audience: EVERYONE }),
    );
    expect(refusal).toMatchObject({ kind: 'BAD_INPUT', problem: { code: 'payload-too-large' } });
    expect(rig.rows('SELECT * FROM campaigns')).toEqual([]);
  });

  it('the preflight counts bytes as they will be sent', async () => {
    const rig = campaignRig();
    rig.subscribe(fcm(1));
    const { payloadBytes } = rig.service.preflight({ message: message(), audience: EVERYONE });
    const campaign = await sendAll(rig);
    expect(campaign.payloadBytes).toBe(payloadBytes);
    expect(Buffer.byteLength(String(rig.push.sent[0]?.batch.payload))).toBe(payloadBytes);
  });
});

describe('an audience with subscriptions of several keys', () => {
  it('signs each with its own, and leaves out those that no key here fits', async () => {
    const rig = campaignRig();
    const second = rig.keys.add('Second');
    const lost = rig.keys.add('Lost');
    rig.keys.locked.add(lost.id);
    rig.subscribe(fcm(2));
    rig.subscribe(fcm(3, 10), second.publicKey);
    rig.subscribe(fcm(4, 20), lost.publicKey);
    rig.subscribe(fcm(5, 30), null);
    rig.store.db.write(`UPDATE subscriptions SET state = 'gone' WHERE id = 1`).run({});
    const preflight = rig.service.preflight({ message: message(), audience: EVERYONE });
    expect(preflight).toMatchObject({ recipients: 9, blockers: [] });
    expect(preflight.byPart.map(({ keyPairName, count }) => [keyPairName, count])).toEqual([
      ['Main', 6],
      ['Second', 3],
    ]);
    expect(Object.fromEntries(preflight.excluded.map(({ reason, count }) => [reason, count]))).toEqual({
      gone: 1,
      'key-closed': 4,
    });
    const campaign = await sendAll(rig);
    expect(campaign).toMatchObject({ recipients: 9, state: 'finished', counts: { accepted: 9 } });
    const signedBy = (publicKey: string) =>
      rig.push.sent.filter(({ batch }) => batch.authorization.header.endsWith(`k=${publicKey}`));
    expect(signedBy(second.publicKey)).toHaveLength(3);
  });

  it('is told how long it will take once a campaign has shown the pace', async () => {
    const rig = campaignRig();
    rig.subscribe(fcm(200));
    const needed = () => rig.service.preflight({ message: message(), audience: EVERYONE }).timeNeededMs;
    expect(needed()).toBeNull();
    await sendAll(rig);
    rig.store.db.write('UPDATE campaigns SET finished_at = created_at + 4000').run({});
    expect(needed()).toBe(4000);
  });

  it('is warned of a contact that Apple refuses, where somebody of it is at Apple', () => {
    const rig = campaignRig();
    rig.store.db.write(`UPDATE key_pairs SET subject = 'mailto:me@localhost'`).run({});
    const codes = () =>
      rig.service.preflight({ message: message(), audience: EVERYONE }).warnings.map(({ code }) => code);
    rig.subscribe(fcm(1));
    const without = codes();
    rig.subscribe(['https://web.push.apple.com/one']);
    expect(codes()).toHaveLength(without.length + 1);
  });

  it('counts what was chosen by name and lies in the bin', () => {
    const rig = campaignRig();
    const ids = rig.subscribe(fcm(3));
    rig.store.db.write(`UPDATE subscriptions SET deleted_at = 5 WHERE id = 2`).run({});
    const { recipients, excluded } = rig.service.preflight({
      message: message(),
      audience: { kind: 'chosen', ids },
    });
    expect(recipients).toBe(2);
    expect(excluded).toMatchObject([{ reason: 'deleted', count: 1 }]);
  });
});
