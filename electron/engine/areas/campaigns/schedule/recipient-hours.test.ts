import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canaryRulesSchema } from '../../../../contract/canary.ts';
import type { ShownDeliveryState } from '../../../../contract/deliveries.ts';
import type { Problem } from '../../../../contract/problem.ts';
import type { CampaignSchedule, QuietHours } from '../../../../contract/schedule.ts';
import { answer } from '../../../testing/scripted-sender.ts';
import type { CampaignService } from '../campaign-service.ts';
import { campaignRig, fcm, message, type CampaignRig } from '../testing/campaign-rig.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ZONES = [
  'Pacific/Kiritimati',
  'Asia/Tokyo',
  'Europe/Oslo',
  'America/New_York',
  'Pacific/Pago_Pago',
  'Not/AZone',
];

/** One subscriber in each zone, and one whose zone is unknown; all are sent when `schedule` and `quietHours` say so. */
function sent(
  given: { schedule?: CampaignSchedule; quietHours?: QuietHours; messagesPerMinute?: number },
  onAsk: (problem: Problem) => void = () => undefined,
) {
  const arrived = new Map<string, string>();
  const rig: CampaignRig = campaignRig({
    onAsk: (_campaign, problem) => {
      onAsk(problem);
    },
    script: ({ endpoint }) => {
      arrived.set(
        endpoint.split('/').at(-1) ?? '',
        new Date(rig.time.clock.now()).toISOString().slice(0, 16),
      );
      return answer(201);
    },
  });
  return { rig, arrived, given };
}

/** The engine checks schedules every minute; here it is enough to check so often that no gap is noticed. */
function lookOften(rig: CampaignRig, service: CampaignService) {
  rig.time.schedule(() => {
    service.lookAtSchedules();
    lookOften(rig, service);
  }, 4 * MINUTE);
}

const wanted = ({ given }: ReturnType<typeof sent>) => ({
  message: message(),
  audience: { kind: 'everyone' as const },
  ...given,
});

function begin(
  run: ReturnType<typeof sent>,
  looks = false,
  asked = { requestId: randomUUID(), ...wanted(run) },
) {
  const { rig } = run;
  const ids = rig.subscribe(fcm(ZONES.length + 1));
  const insert = rig.store.db.write<{ id: number; attributes: string }>(
    'INSERT INTO people (id, attributes) VALUES (@id, @attributes)',
  );
  ZONES.forEach((timeZone, index) => {
    insert.run({ id: ids[index] ?? 0, attributes: JSON.stringify({ timeZone }) });
  });
  rig.service.recover();
  if (looks) lookOften(rig, rig.service);
  return rig.service.start(asked);
}

const NINE: CampaignSchedule = { at: '2026-01-17T09:00', timeZone: 'UTC', perRecipient: true };

it('each recipient gets it at nine of the own zone, over the date line, and the rest of the zone given', async () => {
  const run = sent({ schedule: NINE });
  const { id } = begin(run);
  expect(run.rig.service.get({ id }).schedule).toMatchObject({
    perRecipient: true,
    startsAt: Date.UTC(2026, 0, 16, 19),
  });
  await run.rig.time.pass(40 * HOUR);
  // By then, nine o’clock has passed in Kiritimati and Tokyo; Oslo is next.
  expect(run.rig.service.get({ id })).toMatchObject({
    state: 'running',
    counts: { accepted: 2, waiting: 5, retrying: 0 },
    wait: { reason: 'hours', until: Date.UTC(2026, 0, 17, 8) },
  });
  await run.rig.time.pass(24 * HOUR);
  expect(Object.fromEntries(run.arrived)).toEqual({
    1: '2026-01-16T19:00',
    2: '2026-01-17T00:00',
    3: '2026-01-17T08:00',
    4: '2026-01-17T14:00',
    5: '2026-01-17T20:00',
    6: '2026-01-17T09:00',
    7: '2026-01-17T09:00',
  });
  expect(run.rig.service.get({ id })).toMatchObject({ state: 'finished', recipients: 7 });
  expect(run.rig.push.sent).toHaveLength(7);
});

it('sent now before its time, everybody gets it at once, and asking once more for it changes nothing', async () => {
  const run = sent({ schedule: NINE });
  const asked = { requestId: randomUUID(), ...wanted(run) };
  const { id } = begin(run, false, asked);
  expect(await run.rig.service.sendNow({ id })).toMatchObject({
    state: 'preparing',
    hours: null,
    schedule: { at: NINE.at, perRecipient: false },
  });
  await run.rig.time.pass(MINUTE);
  expect(run.rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 7 } });
  expect([...run.arrived.values()]).toEqual(Array.from({ length: 7 }, () => '2026-01-15T12:00'));
  expect(run.rig.service.start(asked).id).toBe(id);
  await run.rig.time.pass(60 * HOUR);
  expect(run.rig.push.sent).toHaveLength(7);
});

it('sent now before its time, it still keeps quiet hours', async () => {
  const run = sent({
    schedule: NINE,
    quietHours: { from: '20:00', to: '07:30', timeZone: 'Europe/Oslo' },
  });
  const { id } = begin(run);
  await run.rig.service.sendNow({ id });
  await run.rig.time.pass(MINUTE);
  expect([...run.arrived.keys()].sort()).toEqual(['3', '6', '7']);
  await run.rig.time.pass(24 * HOUR);
  // At the end of the night, not at nine.
  expect(run.arrived.get('1')).toBe('2026-01-15T17:30');
  expect(run.arrived.size).toBe(7);
});

it('sent now after it missed its first hour, those whose time is over get it at once, the others at theirs', async () => {
  const run = sent({ schedule: NINE });
  const { id } = begin(run);
  const { rig } = run;
  await rig.service.stop();
  // Nine o’clock has passed in Kiritimati alone.
  await rig.time.pass(33 * HOUR);
  const again = rig.restart();
  again.recover();
  await rig.time.pass(MINUTE);
  expect(again.get({ id }).schedule?.asks).toMatchObject({ reason: 'late' });
  expect(await again.sendNow({ id })).toMatchObject({ schedule: { perRecipient: true, asks: null } });
  await rig.time.pass(MINUTE);
  expect([...run.arrived.keys()]).toEqual(['1']);
  await rig.time.pass(30 * HOUR);
  expect(run.arrived.get('2')).toBe('2026-01-17T00:00');
  expect(run.arrived.size).toBe(7);
});

it('nothing goes out in quiet hours of the recipient, and everybody gets it in the morning', async () => {
  // It is 12:00 UTC: night in Kiritimati (02:00) and Pago Pago (01:00), evening in Tokyo (21:00).
  const run = sent({ quietHours: { from: '20:00', to: '07:30', timeZone: 'Europe/Oslo' } });
  const { id } = begin(run);
  await run.rig.time.pass(60_000);
  expect([...run.arrived.keys()].sort()).toEqual(['3', '6', '7']);
  expect(run.rig.service.get({ id }).counts).toMatchObject({ accepted: 3, waiting: 4, retrying: 0 });
  const page = run.rig.service.deliveries({ campaignId: id, states: ['waiting'], cursor: null, limit: 10 });
  expect(page.items.map(({ diagnosis }) => diagnosis?.code)).toEqual(page.items.map(() => 'recipient-hours'));
  await run.rig.time.pass(24 * HOUR);
  expect(run.arrived.get('1')).toBe('2026-01-15T17:30');
  expect(run.arrived.get('2')).toBe('2026-01-15T22:30');
  expect(run.arrived.get('4')).toBe('2026-01-15T12:30');
  expect(run.arrived.get('5')).toBe('2026-01-15T18:30');
});

it('tells those who wait for their hour, tried or not, from those who are tried again', async () => {
  const rig = campaignRig({
    startAt: Date.UTC(2026, 0, 15, 21, 58),
    script: ({ endpoint }) => answer(endpoint.endsWith('/1') ? 503 : 201),
  });
  const [tried = 0, abroad = 0] = rig.subscribe(fcm(2));
  rig.store.db
    .write<{ id: number; attributes: string }>(
      'INSERT INTO people (id, attributes) VALUES (@id, @attributes)',
    )
    .run({ id: abroad, attributes: JSON.stringify({ timeZone: 'Asia/Tokyo' }) });
  rig.service.recover();
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message({ ttlSeconds: 86_400 }),
    audience: { kind: 'everyone' },
    quietHours: { from: '22:00', to: '07:00', timeZone: 'UTC' },
  });
  const shown = (states: ShownDeliveryState[]) =>
    rig.service
      .deliveries({ campaignId: id, states, cursor: null, limit: 10 })
      .items.map((row) => [row.subscriptionId, row.state, row.attemptCount > 0 ? 'tried' : 'not tried']);

  await rig.time.pass(1000);
  const retrying = [tried, 'retrying', 'tried'];
  const waiting = [abroad, 'waiting', 'not tried'];
  expect(shown(['retrying'])).toEqual([retrying]);
  expect(shown(['waiting'])).toEqual([waiting]);
  expect(shown(['waiting', 'retrying'])).toEqual([retrying, waiting]);
  expect(shown([])).toEqual([retrying, waiting]);
  expect(rig.service.get({ id })).toMatchObject({
    counts: { waiting: 1, retrying: 1 },
    wait: { reason: 'retry' },
    services: [{ counts: { waiting: 1, retrying: 1 }, wait: { reason: 'retry' } }],
  });

  // Night has fallen before one of its next tries.
  await rig.time.pass(HOUR);
  expect(shown(['waiting'])).toEqual([[tried, 'waiting', 'tried']]);
  expect(rig.service.get({ id })).toMatchObject({
    counts: { waiting: 1, retrying: 0, accepted: 1 },
    wait: { reason: 'hours', until: Date.UTC(2026, 0, 16, 7) },
  });
});

it('a canary whose recipients all sleep waits for their hour, not for answers or a next try', async () => {
  const rig = campaignRig({ startAt: Date.UTC(2026, 0, 15, 23) });
  rig.subscribe(fcm(40));
  rig.service.recover();
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
    quietHours: { from: '22:00', to: '07:00', timeZone: 'UTC' },
    canary: canaryRulesSchema.parse({}),
  });
  await rig.time.pass(MINUTE);
  expect(rig.service.get({ id }).canaryProgress).toMatchObject({
    waitsFor: { what: 'hours', until: Date.UTC(2026, 0, 16, 7) },
    parts: [{ waiting: 20, retrying: 0, open: 20 }],
  });
});

it('a slow campaign stops for the night and goes on in the morning', async () => {
  const late = campaignRig({ startAt: Date.UTC(2026, 0, 15, 21, 57) });
  late.subscribe(fcm(10));
  late.service.recover();
  late.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
    messagesPerMinute: 1,
    quietHours: { from: '22:00', to: '07:00', timeZone: 'UTC' },
  });
  await late.time.pass(5 * HOUR);
  const before = late.push.sent.length;
  expect(before).toBeGreaterThan(1);
  expect(before).toBeLessThan(5);
  await late.time.pass(5 * HOUR);
  expect(late.push.sent).toHaveLength(10);
});

it('a clock that is set back brings nobody’s hour forward', async () => {
  const run = sent({ quietHours: { from: '11:00', to: '15:00', timeZone: 'UTC' } });
  run.rig.subscribe(fcm(1, 100));
  begin(run);
  await run.rig.time.pass(60_000);
  run.rig.setClock(-2 * HOUR);
  // The clock now shows 10:01. Those who were to wait until 15:00 still do.
  await run.rig.time.pass(4 * HOUR);
  expect(run.arrived.has('100')).toBe(false);
  await run.rig.time.pass(HOUR);
  expect(run.arrived.has('100')).toBe(true);
});

describe('hours of some that passed while nothing ran', () => {
  /** Kiritimati and Tokyo have got theirs; meanwhile nine o’clock has passed in Oslo, in UTC and in the zone that does not exist. */
  async function missed({ asleep, looks = true }: { asleep: boolean; looks?: boolean }) {
    const asked: string[] = [];
    const run = sent({ schedule: NINE }, (problem) => asked.push(problem.code));
    const { id } = begin(run, looks);
    const { rig } = run;
    await rig.time.pass(36 * HOUR + 30 * MINUTE);
    expect(rig.push.sent).toHaveLength(2);
    let { service } = rig;
    if (asleep) rig.sleep(12 * HOUR);
    else {
      await service.stop();
      await rig.time.pass(12 * HOUR);
      service = rig.restart();
      service.recover();
      lookOften(rig, service);
    }
    await rig.time.pass(30 * MINUTE);
    return { rig, id, service, asked };
  }

  it.each([
    ['the app was closed', { asleep: false }],
    ['the computer slept', { asleep: true }],
    ['the computer slept, and sending wakes before anything else', { asleep: true, looks: false }],
  ])('where %s, it asks, sends nothing late, and goes on as the person says', async (_name, how) => {
    const { rig, id, service, asked } = await missed(how);
    expect(rig.push.sent).toHaveLength(2);
    expect(service.get({ id })).toMatchObject({
      state: 'paused',
      schedule: { asks: { reason: 'late', problem: { code: 'schedule-hours-missed' } } },
    });
    expect(service.asking().map((one) => one.id)).toEqual([id]);
    expect(asked).toEqual(['schedule-hours-missed']);
    expect(service.resume({ id })).toMatchObject({ state: 'running', schedule: { asks: null } });
    expect(service.asking()).toEqual([]);
    await rig.time.pass(MINUTE);
    expect(rig.push.sent).toHaveLength(5);
    await rig.time.pass(24 * HOUR);
    expect(service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 7 } });
  });

  it('a short sleep in which nobody’s hour passed holds nothing up', async () => {
    const run = sent({ schedule: NINE });
    const { id } = begin(run);
    await run.rig.time.pass(36 * HOUR);
    run.rig.sleep(20 * MINUTE);
    await run.rig.time.pass(40 * HOUR);
    expect(run.rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 7 } });
    expect(run.arrived.size).toBe(7);
  });

  it('leaves out those who missed it, with the cause, and sends to the rest at their time', async () => {
    const { rig, id, service } = await missed({ asleep: false });
    expect(service.resume({ id, missed: 'leave-out' })).toMatchObject({
      state: 'running',
      counts: { accepted: 2, cancelled: 3, waiting: 2 },
      schedule: { asks: null },
    });
    await rig.time.pass(24 * HOUR);
    expect(service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 4, cancelled: 3 } });
    const { items } = service.deliveries({ campaignId: id, states: ['cancelled'], cursor: null, limit: 10 });
    expect(items.map(({ diagnosis }) => diagnosis?.code)).toEqual(items.map(() => 'hour-missed'));
  });

  it('leaves out everyone whose time has passed by the time that it is resumed', async () => {
    const { rig, id, service } = await missed({ asleep: false });
    await rig.time.pass(24 * HOUR);
    expect(service.resume({ id, missed: 'leave-out' }).counts).toMatchObject({ accepted: 2, cancelled: 5 });
    await rig.time.pass(MINUTE);
    expect(service.get({ id }).state).toBe('finished');
    expect(rig.push.sent).toHaveLength(2);
  });
});
