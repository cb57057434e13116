import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CampaignId } from '../../../contract/ids.ts';
import { campaignRig, fcm, message, type CampaignRig } from './testing/campaign-rig.ts';
import { answer, fault, type Script } from '../../testing/scripted-sender.ts';
import type { Reply } from '../../wire/transport/reply.ts';

const HOUR = 3_600_000;

/** Answers each message with the next of these, and then with 201. */
const inTurn = (...replies: Reply[]): Script => {
  const seen = new Map<string, number>();
  return ({ endpoint }) => {
    const count = seen.get(endpoint) ?? 0;
    seen.set(endpoint, count + 1);
    return replies[count] ?? answer(201);
  };
};

function started(script: Script, count = 1) {
  const rig = campaignRig({ script });
  rig.subscribe(fcm(count));
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
  });
  return { rig, id };
}

const marked = (rig: CampaignRig, campaignId: CampaignId, limit = 100, cursor: string | null = null) =>
  rig.service.deliveries({ campaignId, states: [], mayHaveArrivedTwice: true, cursor, limit });

describe('a delivery that may have arrived twice', () => {
  it.each([
    ['a time-out', [fault('timeout')], 1],
    ['a line that dropped', [fault('reset')], 1],
    ['two time-outs', [fault('timeout'), fault('timeout')], 1],
    ['a time-out and then a refusal for now', [fault('timeout'), answer(503)], 1],
    ['a connection that was never made', [fault('timeout', false)], 0],
    ['a name that was not found', [fault('dns')], 0],
    ['an answer that asks to try again', [answer(503), answer(429)], 0],
    ['nothing at all', [], 0],
  ])('counts after %s', async (_name, replies, expected) => {
    const { rig, id } = started(inTurn(...replies));
    await rig.time.pass(HOUR);
    expect(rig.service.get({ id })).toMatchObject({ counts: { accepted: 1 }, possibleRepeats: expected });
    expect(marked(rig, id).items).toHaveLength(expected);
    expect(rig.service.delivery({ id: 1 as never }).mayHaveArrivedTwice).toBe(expected === 1);
  });

  it('is none while only one request has gone out, and what never left does not count', async () => {
    const { rig, id } = started(inTurn(fault('timeout'), fault('dns'), fault('connection-refused')));
    await rig.time.pass(100);
    expect(rig.service.get({ id })).toMatchObject({ counts: { retrying: 1 }, possibleRepeats: 0 });
    for (let round = 0; round < 60 && rig.push.sent.length < 3; round += 1) await rig.time.pass(10_000);
    expect(rig.service.get({ id }).possibleRepeats).toBe(0);
    await rig.time.pass(HOUR);
    expect(rig.push.sent).toHaveLength(4);
    expect(rig.service.get({ id }).possibleRepeats).toBe(1);
  });

  it('is one that was on the wire when the app ended and is sent again because the person says so', async () => {
    const { rig, id } = started(() => 'hold', 3);
    await rig.time.pass(100);
    const again = rig.restart();
    again.recover();
    rig.push.script = () => answer(201);
    expect(again.get({ id })).toMatchObject({ counts: { unknown: 3 }, possibleRepeats: 0 });
    again.sendAgain({ id, state: 'unknown' });
    await rig.time.pass(1000);
    expect(again.get({ id })).toMatchObject({ counts: { accepted: 3 }, possibleRepeats: 3 });
  });

  it('is one that was on its second way when the app ended', async () => {
    let calls = 0;
    const { rig, id } = started(() => ((calls += 1) === 1 ? fault('timeout') : 'hold'));
    for (let round = 0; round < 60 && rig.push.sent.length < 2; round += 1) await rig.time.pass(10_000);
    const again = rig.restart();
    again.recover();
    expect(again.get({ id })).toMatchObject({ counts: { unknown: 1 }, possibleRepeats: 1 });
  });

  it('is one that failed without an answer and is sent again, and not one that was refused', async () => {
    const { rig, id } = started(
      ({ endpoint }) => (endpoint.endsWith('/1') ? fault('timeout') : answer(413)),
      2,
    );
    await rig.time.pass(48 * HOUR);
    expect(rig.service.get({ id })).toMatchObject({ counts: { failed: 2 }, possibleRepeats: 1 });
    rig.push.script = () => answer(201);
    rig.service.sendAgain({ id, state: 'failed' });
    await rig.time.pass(1000);
    expect(rig.service.get({ id })).toMatchObject({ counts: { accepted: 2 }, possibleRepeats: 1 });
  });

  it('is found page by page and within the states that are asked for', async () => {
    const { rig, id } = started(
      ({ endpoint }) => (Number(endpoint.split('/').at(-1)) % 2 === 0 ? fault('timeout') : answer(201)),
      40,
    );
    await rig.time.pass(100);
    rig.push.script = ({ endpoint }) => (endpoint.endsWith('0') ? answer(410) : answer(201));
    await rig.time.pass(HOUR);
    const first = marked(rig, id, 15);
    const second = marked(rig, id, 15, first.nextCursor);
    expect(first.items).toHaveLength(15);
    expect(second).toMatchObject({ nextCursor: null });
    expect([...first.items, ...second.items].map(({ subscriptionId }) => subscriptionId % 2)).toEqual(
      Array.from({ length: 20 }, () => 0),
    );
    const gone = rig.service.deliveries({
      campaignId: id,
      states: ['gone'],
      mayHaveArrivedTwice: true,
      cursor: null,
      limit: 100,
    });
    expect(gone.items.map(({ state }) => state)).toEqual(['gone', 'gone', 'gone', 'gone']);
  });
});
