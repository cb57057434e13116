import { describe, expect, it } from 'vitest';
import { apple, fcm, mozilla } from './testing/campaign-rig.ts';
import { startedCampaign } from './testing/started-campaign.ts';
import { answer, type Script } from '../../testing/scripted-sender.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the breaker', () => {
  const refused: Script = ({ endpoint }) =>
    endpoint.includes('apple') ? answer(403, '{"reason":"BadJwtToken"}') : answer(201);

  it('pauses the part after a run of the same refusal, burns little of the list, and lets the others go on', async () => {
    const { rig, id } = startedCampaign([...apple(500), ...fcm(100)], { script: refused });
    await rig.time.pass(HOUR);
    const campaign = rig.service.get({ id });
    expect(campaign.state).toBe('running');
    const part = campaign.parts.find(({ pushService }) => pushService === 'apple');
    expect(part?.pausedBecause).toMatchObject({ code: 'apple-token-refused', action: 'fix-subject' });
    expect(part?.counts.failed).toBeLessThanOrEqual(16);
    expect(part?.counts.queued).toBeGreaterThanOrEqual(484);
    expect(campaign.parts.find(({ pushService }) => pushService === 'fcm')).toMatchObject({
      pausedBecause: null,
      counts: { accepted: 100 },
    });
    expect(rig.rows(`SELECT DISTINCT state FROM subscriptions`)).toEqual([{ state: 'active' }]);
  });

  it('a campaign of which all waits does not count as being sent, here and in the list', async () => {
    const { rig, id, keyPairId } = startedCampaign([...apple(30), ...fcm(200)], { script: refused });
    const listed = () => rig.service.list({ cursor: null, limit: 10 }).items[0];
    expect(rig.service.get({ id }).isHeld).toBe(false);
    await rig.time.pass(MINUTE);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'running',
      isHeld: true,
      counts: { accepted: 200 },
    });
    expect(listed()).toMatchObject({ state: 'running', isHeld: true });
    rig.push.script = () => answer(201);
    rig.service.resumePart({ id, pushService: 'apple', keyPairId });
    expect(listed()?.isHeld).toBe(false);
    await rig.time.pass(MINUTE);
    expect(listed()).toMatchObject({ state: 'finished', isHeld: false });
  });

  it('"Try again" sends one first, and pauses again at once when it is refused', async () => {
    const { rig, id, keyPairId } = startedCampaign(apple(100), { script: refused });
    await rig.time.pass(1000);
    const before = rig.push.sent.length;
    rig.service.resumePart({ id, pushService: 'apple', keyPairId });
    await rig.time.pass(1000);
    expect(rig.push.sent).toHaveLength(before + 1);
    expect(rig.service.get({ id }).parts[0]?.pausedBecause?.code).toBe('apple-token-refused');
  });

  it('"Try again" after the cure sends everything, with those that were refused for that reason', async () => {
    const { rig, id, keyPairId } = startedCampaign(apple(100), { script: refused });
    await rig.time.pass(1000);
    rig.push.script = () => answer(201);
    rig.service.resumePart({ id, pushService: 'apple', keyPairId });
    await rig.time.pass(MINUTE);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { accepted: 100, failed: 0 },
    });
  });

  it('a pause outlives a restart', async () => {
    const { rig, id, keyPairId } = startedCampaign(apple(100), { script: refused });
    await rig.time.pass(1000);
    const again = rig.restart();
    again.recover();
    const before = rig.push.sent.length;
    await rig.time.pass(HOUR);
    expect(rig.push.sent).toHaveLength(before);
    expect(again.get({ id }).parts[0]?.pausedBecause?.code).toBe('apple-token-refused');
    rig.push.script = () => answer(201);
    again.resumePart({ id, pushService: 'apple', keyPairId });
    await rig.time.pass(MINUTE);
    expect(again.get({ id }).counts.accepted).toBe(100);
  });

  it('some refusals between good answers pause nothing', async () => {
    const { rig, id } = startedCampaign(fcm(200), {
      script: ({ endpoint }) => answer(Number(endpoint.split('/').at(-1)) % 3 === 0 ? 400 : 201),
    });
    await rig.time.pass(MINUTE);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { failed: 66, accepted: 134 },
    });
  });

  it('a list that was tied to a wrong key is not marked to its end', async () => {
    const { rig, id } = startedCampaign(mozilla(500), {
      script: () => answer(401, '{"code":401,"errno":109,"message":"VAPID public key mismatch"}'),
    });
    await rig.time.pass(MINUTE);
    const [counted] = rig.rows(`SELECT count(*) AS count FROM subscriptions WHERE state = 'mismatched'`) as {
      count: number;
    }[];
    expect(counted?.count).toBeLessThanOrEqual(30);
    expect(rig.service.get({ id }).parts[0]?.pausedBecause?.code).toBe('made-with-another-key');
  });

  it('a part whose private key cannot be opened waits for it', async () => {
    const { rig, id, keyPairId } = startedCampaign(fcm(20), { script: () => 'hold', cap: 5 });
    await rig.time.pass(50);
    rig.keys.locked.add(keyPairId);
    rig.push.letGo(answer(201));
    await rig.time.pass(1000);
    expect(rig.service.get({ id }).parts[0]?.pausedBecause?.code).toBe('key-not-held');
    rig.keys.locked.delete(keyPairId);
    rig.push.script = () => answer(201);
    rig.service.resumePart({ id, pushService: 'fcm', keyPairId });
    await rig.time.pass(1000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 20 } });
  });

  it('goes on as soon as its private key is ready, and not before', async () => {
    const { rig, id, keyPairId } = startedCampaign(fcm(20), { script: () => 'hold', cap: 5 });
    await rig.time.pass(50);
    rig.keys.locked.add(keyPairId);
    rig.push.letGo(answer(201));
    rig.push.script = () => answer(201);
    await rig.time.pass(1000);
    rig.service.resumeKeys();
    await rig.time.pass(1000);
    expect(rig.service.get({ id }).parts[0]?.pausedBecause?.code).toBe('key-not-held');
    rig.keys.locked.delete(keyPairId);
    rig.service.resumeKeys();
    await rig.time.pass(1000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 20 } });
  });
});
