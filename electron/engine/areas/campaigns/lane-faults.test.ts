import { describe, expect, it } from 'vitest';
import { fcm } from './testing/campaign-rig.ts';
import { startedCampaign } from './testing/started-campaign.ts';
import { answer } from '../../testing/scripted-sender.ts';

const MINUTE = 60_000;

describe('when the store does not take it', () => {
  it('nothing is sent twice and nothing is lost once it does again', async () => {
    const troubles: string[] = [];
    const { rig, id } = startedCampaign(fcm(60), {
      cap: 10,
      script: () => 'hold',
      onStoreTrouble: (error) => {
        troubles.push(String(error));
      },
    });
    await rig.time.pass(100);
    const { db } = rig;
    const write = db.transactionSoon.bind(db);
    db.transactionSoon = () => {
      throw new Error('database or disk is full');
    };
    rig.push.letGo(answer(201));
    await rig.time.pass(10_000);
    expect(rig.push.sent).toHaveLength(10);
    expect(rig.logText()).toContain('disk is full');
    expect(new Set(troubles)).toEqual(new Set(['Error: database or disk is full']));
    const stuck = rig.service.get({ id });
    expect(stuck).toMatchObject({ state: 'running', wait: { reason: 'store' }, timeLeftMs: null });
    expect(stuck.services).toMatchObject([{ wait: { reason: 'store' }, ratePerSecond: null }]);
    expect(rig.service.list({ cursor: null, limit: 1 }).items).toMatchObject([{ wait: { reason: 'store' } }]);
    db.transactionSoon = write;
    rig.push.script = () => answer(201);
    await rig.time.pass(10_000);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { accepted: 60 },
      wait: null,
    });
    expect(rig.push.sent).toHaveLength(60);
    expect(troubles.filter((trouble) => trouble === 'null')).toHaveLength(1);
    expect(troubles.at(-1)).toBe('null');
  });

  it('nothing goes out that the disk has not taken', async () => {
    const { rig, id } = startedCampaign(fcm(60), { cap: 10 });
    rig.db.flushed = () => Promise.reject(new Error('input/output error'));
    await rig.time.pass(10_000);
    expect(rig.push.sent).toHaveLength(0);
    expect(rig.logText()).toContain('input/output error');
    rig.db.flushed = () => Promise.resolve();
    await rig.time.pass(10_000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 60 } });
    expect(rig.push.sent).toHaveLength(60);
  });
});

describe('a sender that breaks down', () => {
  it('leaves what it had taken as unknown, burns little of the list, and the rest is sent when it works again', async () => {
    const { rig, id } = startedCampaign(fcm(500));
    const send = rig.push.sender.send.bind(rig.push.sender);
    rig.push.sender.send = () => Promise.reject(new Error('it broke'));
    await rig.time.pass(MINUTE);
    const { unknown } = rig.service.get({ id }).counts;
    expect(unknown).toBeGreaterThan(0);
    expect(unknown).toBeLessThan(100);
    expect(rig.logText()).toContain('it broke');
    rig.push.sender.send = send;
    await rig.time.pass(MINUTE);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { unknown, accepted: 500 - unknown },
    });
  });
});
