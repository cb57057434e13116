import { createHmac, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Audience } from '../../electron/contract/campaign-audience.ts';
import type { CampaignDetail } from '../../electron/contract/campaigns.ts';
import type { CampaignId } from '../../electron/contract/ids.ts';
import { messageSchema, type Message } from '../../electron/contract/message.ts';
import { canaryRulesSchema } from '../../electron/contract/canary.ts';
import { systemClock, type Clock } from '../../electron/engine/base/clock.ts';
import { browserSubscription } from '../../electron/engine/testing/browser-subscription.ts';
import { fakeHost } from '../../electron/engine/testing/fake-host.ts';
import { answer, fault, type Script } from '../../electron/engine/testing/scripted-sender.ts';
import { openSampleEngine, type SampleClient, type SampleEngine } from './sample-engine.ts';
import type { Scenario } from './scenario.ts';

const HOSTS = {
  fcm: 'fcm.googleapis.com/fcm/send',
  mozilla: 'updates.push.services.mozilla.com/wpush/v2',
  apple: 'web.push.apple.com',
  wns: 'wns2-par02p.notify.windows.com/w',
  other: 'push.self-hosted.example/up',
};
const DEVICES = ['fcm', 'apple', 'mozilla', 'fcm', 'apple', 'fcm', 'wns', 'mozilla', 'fcm', 'other'] as const;
const SIZES: Record<Scenario, number> = {
  empty: 0,
  full: 64,
  eventful: 64,
  huge: 10_000,
  failing: 3,
  locked: 64,
};

const DESCRIBED: ReadonlySet<Scenario> = new Set(['full', 'eventful', 'huge']);

/** All devices have the same one, which causes no trouble. */
const KEYS = browserSubscription().keys;

/** Fills a folder as the scenario says; every page begins with a copy of it. @returns the folder to copy */
export async function seedFolder(folder: string, scenario: Scenario): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (scenario === 'empty') return folder;
  await inEngine(folder, 'ring-1', async ({ client }) => {
    const news = { name: 'Baker Street News', subject: 'mailto:push@example.com' };
    await subscribe(client, SIZES[scenario], (await client.keys.generate(news)).publicKey);
    if (DESCRIBED.has(scenario)) await describePeople(client);
    await client.keys.generate({ name: 'Staging', subject: 'mailto:dev@localhost' });
  });
  // A key pair that this machine cannot open, since another key ring sealed it.
  await inEngine(folder, 'ring-of-2019', ({ client }) =>
    client.keys.generate({
      name: 'The old shop of 2019, kept for those who never came back',
      subject: 'https://shop.bakerstreet.example/about/contact-and-imprint',
    }),
  );
  if (scenario === 'eventful') await makeMissed(folder);
  if (scenario === 'eventful') await inEngine(folder, 'ring-1', makeEvents);
  if (scenario !== 'full' && scenario !== 'locked') return folder;
  for (const day of ['01', '02', '03']) {
    mkdirSync(path.join(folder, 'backups'), { recursive: true });
    writeFileSync(path.join(folder, 'backups', `pushdesk-v1-202611${day}T000000000Z.db`), '');
  }
  const crashed = `${folder}-crashed`;
  mkdirSync(crashed, { mode: 0o700 });
  await inEngine(folder, 'ring-1', async (sample) => {
    await sendCampaigns(sample);
    cpSync(folder, crashed, { recursive: true });
    sample.services.letGo(answer(201));
  });
  // Recovers once, here: it marks what was on the wire as unknown.
  await inEngine(crashed, 'ring-1', ({ client }) => until(client, WEEKEND, isOver));
  return crashed;
}

async function inEngine(
  folder: string,
  ring: string,
  act: (sample: SampleEngine) => Promise<unknown>,
  clock?: Clock,
) {
  const sample = await openSampleEngine(folder, fakeHost({ ring }), clock);
  await act(sample);
  await sample.engine.stop();
}

async function subscribe(client: SampleClient, count: number, publicKey: string): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => {
    const host = HOSTS[DEVICES[index % DEVICES.length] ?? 'fcm'];
    const expirationTime = index === 20 ? Date.now() - 60_000 : null;
    return JSON.stringify(browserSubscription({ host, keys: KEYS, expirationTime }));
  });
  const withKey = lines.filter((_, index) => index % 9 !== 8);
  await client.subscriptions.import({ text: withKey.join('\n'), publicKey });
  const without = lines.filter((_, index) => index % 9 === 8);
  if (without.length > 0) await client.subscriptions.import({ text: without.join('\n'), publicKey: null });
}

const TAGS = [
  'news',
  'customers',
  'عملاء الرياض',
  'a-tag-of-sixty-four-characters-which-is-as-long-as-a-tag-can-be.',
  'Beta testers',
];

/** Tags, attributes and segments as people have them: none, some, and as many as there can be. */
async function describePeople(client: SampleClient): Promise<void> {
  const { items } = await client.subscriptions.list({ limit: 64 });
  for (const [index, { id }] of items.entries()) {
    if (index % 3 === 2) continue;
    await client.subscriptions.update({
      id,
      tags:
        index === 4
          ? Array.from({ length: 50 }, (_, number) => `tag number ${number}`)
          : TAGS.filter((_, place) => (index + place * 2) % 5 < 2),
      attributes: { language: index % 2 === 0 ? 'en' : 'de-CH', plan: 'pro' },
    });
  }
  for (const [name, tag] of [
    ['Newsletter readers in Switzerland', 'news'],
    ['عملاء', 'عملاء الرياض'],
  ] as const)
    await client.audience.segments.create({ name, filter: { tagsAnyOf: [tag] } });
}

/** Campaigns in the order in which they are sent, so that tests can name them. */
export const WEEKEND = 3 as CampaignId;
export const PAUSED = 4 as CampaignId;
export const RUNNING = 6 as CampaignId;

const LONG_TITLE =
  'Everything about the fire in the old theatre, and what the witnesses say about the man at the door';

const isOver = ({ state }: CampaignDetail) => state === 'finished';
const hasBegun = ({ counts }: CampaignDetail) => counts.accepted > 0;

async function sendCampaigns({ client, services, url }: SampleEngine): Promise<void> {
  const run = async (title: string, script: Script, end: (detail: CampaignDetail) => boolean, more = {}) => {
    services.script = script;
    const { id } = await start(client, title, more);
    await until(client, id, end);
    return id;
  };
  const accepted: Script = () => answer(201);

  const requestId = randomUUID();
  const morning = await run('Good morning', nth(9, 'fcm', answer(410)), isOver, { requestId });
  await reportReceipts({ client, url }, morning, requestId);
  const stopped = await run('Breaking: all clear', accepted, hasBegun, { messagesPerMinute: 60 });
  await client.campaigns.cancel({ id: stopped });

  // One answer that was lost, one that is far too long, and one message that is on the wire when the engine ends.
  const odd = answer(413, `{"reason":"Too large: trace \u202Egpj.exe \u001B[31m"}${' '.repeat(60_000)}`);
  const lost = nth(7, 'fcm', fault('timeout'));
  const weekend = await run(
    'Weekend edition',
    (job, batch) => (job.endpoint.includes(HOSTS.mozilla) ? odd : lost(job, batch)),
    isOver,
    { ttlSeconds: 0 },
  );
  let again = 0;
  services.script = ({ endpoint }) =>
    !endpoint.includes(HOSTS.mozilla) ? answer(201) : (again += 1) === 1 ? 'hold' : odd;
  await client.campaigns.sendAgain({ id: weekend, state: 'failed' });
  await until(client, weekend, ({ counts }) => counts.sending === 1 && counts.queued === 0);

  const paused = await run(LONG_TITLE, accepted, hasBegun, { messagesPerMinute: 60 });
  await client.campaigns.pause({ id: paused });
  const { items } = await client.subscriptions.list({ filter: { states: ['active'] }, limit: 1 });
  await run('Test', accepted, isOver, { audience: { kind: 'chosen', ids: items.map(({ id }) => id) } });
}

const hoursAgo = (hours: number): Clock => ({ now: () => Date.now() - hours * 3_600_000 });
const EVERYONE: Audience = { kind: 'everyone' };
/** The wall-clock time in UTC. */
const inHours = (hours: number, clock: Clock = systemClock) =>
  new Date(clock.now() + hours * 3_600_000).toISOString().slice(0, 16);

/** In the order in which they are made. */
export const MISSED = 1 as CampaignId;
const MORNINGS = 2 as CampaignId;
export const CANARY = 3 as CampaignId;
export const QUIET = 6 as CampaignId;

/** A draft that gets this title is changed by somebody else before it is saved. */
export const CHANGED_ELSEWHERE = 'Written here and elsewhere';

const MISSED_TITLE =
  'A very long title of a campaign that missed its time because the computer was asleep over the whole weekend';

const MORNINGS_TITLE = 'Good morning, wherever you are';

/** No engine is running when these are due: one is due before it began, one waits for mornings around the world. */
async function makeMissed(folder: string): Promise<void> {
  const asked = hoursAgo(50);
  // Mornings come first where clocks are fourteen hours ahead of UTC.
  const at = inHours(16, asked);
  await inEngine(
    folder,
    'ring-1',
    async ({ client }) => {
      for (const [title, more] of [
        [MISSED_TITLE, {}],
        [MORNINGS_TITLE, { perRecipient: true as const }],
      ] as const)
        await client.campaigns.start({
          requestId: randomUUID(),
          message: { title, body: 'Doors open at seven. Bring a friend.', url: 'https://shop.example/' },
          audience: EVERYONE,
          schedule: { at, timeZone: 'UTC', ...more },
        });
    },
    asked,
  );
  // Everybody has been looked at, and waits for their morning.
  await inEngine(
    folder,
    'ring-1',
    ({ client }) => until(client, MORNINGS, ({ counts }) => counts.waiting > 0 && counts.queued === 0),
    hoursAgo(48),
  );
}

/** What waits: a canary for the person, campaigns and deliveries for their time, drafts, a new key; with texts in either direction. */
async function makeEvents({ client, services }: SampleEngine): Promise<void> {
  services.script = ({ endpoint }) =>
    endpoint.includes(HOSTS.apple) ? answer(403, '{"reason":"BadJwtToken"}') : answer(201);
  const canary = await client.campaigns.start({
    requestId: randomUUID(),
    message: messageSchema.parse({
      title: 'Hello {{label|there}}, the doors open',
      body: 'Bring a friend.',
      texts: { de: { title: 'Hallo {{label|du}}', body: 'Um sieben geht es los.', url: '', actions: [] } },
    }),
    audience: EVERYONE,
    canary: canaryRulesSchema.parse({ leastPerPart: 1, whenGood: 'wait' }),
  });
  await until(client, canary.id, (detail) => detail.canary?.state === 'waiting');
  const at = (hours: number) => ({ at: inHours(hours), timeZone: 'UTC' });
  const plain = (title: string) => ({ title, body: 'Doors open at seven.', url: 'https://shop.example/' });
  for (const [title, schedule] of [
    ['Spring sale', { ...at(14), timeZone: 'Europe/Oslo' }],
    [
      'תחזית מזג האוויר לסוף השבוע: גשם בצפון, שמש במרכז ורוחות חזקות בדרום הארץ',
      { ...at(200), perRecipient: true as const },
    ],
  ] as const)
    await client.campaigns.start({
      requestId: randomUUID(),
      message: plain(title),
      audience: EVERYONE,
      schedule,
    });
  const hour = (hours: number) => inHours(hours).slice('2026-11-30T'.length);
  const quiet = await client.campaigns.start({
    requestId: randomUUID(),
    message: plain('After breakfast'),
    audience: EVERYONE,
    quietHours: { from: hour(-1), to: hour(8), timeZone: 'UTC' },
  });
  await until(client, quiet.id, ({ counts }) => counts.waiting > 0 && counts.queued === 0);
  for (const message of [
    plain('Half a thought'),
    plain('הדלתות נפתחות בשעה שבע, ומי שבא ראשון מקבל מקום טוב בשורה הראשונה של האולם'),
    {
      ...plain(LONG_TITLE),
      body: 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(3),
    },
  ])
    await client.drafts.create({ message, audience: EVERYONE, choices: {} });
  await client.templates.create({
    name: 'Evening greeting to everybody who came last year',
    message: plain('Good evening'),
  });
  const [, next] = await client.keys.list();
  if (next !== undefined) await client.keys.use({ id: next.id });
}

/**
 * A campaign that goes out slowly, waits for Mozilla, and is refused by Apple.
 *
 * @param signal given when the engine ends
 */
export async function startRunning(
  { client, services }: Pick<SampleEngine, 'client' | 'services'>,
  signal: AbortSignal,
): Promise<void> {
  services.script = ({ endpoint }) => {
    if (endpoint.includes(HOSTS.apple)) return answer(403, '{"reason":"BadJwtToken"}');
    if (endpoint.includes(HOSTS.mozilla)) return answer(429, '', [['retry-after', '60']]);
    return endpoint.includes(HOSTS.fcm) ? 'hold' : answer(201);
  };
  const slowly = setInterval(() => services.letGo(answer(201), 1), 400);
  signal.addEventListener('abort', () => {
    clearInterval(slowly);
    services.letGo(answer(201));
  });
  const { id } = await start(client, 'Tonight: the detective who never was', {});
  await until(client, id, ({ services: all }) =>
    (['apple', 'mozilla'] as const).every((name) =>
      all.some((one) => one.pushService === name && (one.wait ?? one.pausedBecause) !== null),
    ),
  );
}

/** Three in four devices report: all of them what they showed, some a click, some that it was closed. */
async function reportReceipts(
  { client, url }: Pick<SampleEngine, 'client' | 'url'>,
  campaignId: CampaignId,
  id: string,
): Promise<void> {
  const proof = createHmac('sha256', Buffer.from(KEYS.auth, 'base64url'))
    .update(`receipt ${id}`)
    .digest('base64url');
  const { items } = await client.campaigns.deliveries({ campaignId, states: ['accepted'], limit: 64 });
  for (const [index, { endpoint }] of items.entries()) {
    if (index % 4 === 3) continue;
    const events = [
      'received',
      ...(index % 7 === 6 ? [] : ['shown']),
      ...(index % 5 === 0 ? ['clicked'] : []),
    ];
    const receipts = events.map((event) => ({
      id,
      proof,
      event,
      agoMs: 0,
      ...(event === 'clicked' && index % 2 === 0 ? { action: 'action-1' } : {}),
    }));
    await fetch(new URL('api/receipts', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ endpoint, receipts }),
    });
  }
}

/** The reply to every nth message to one push service; 201 to all others. */
function nth(every: number, service: keyof typeof HOSTS, reply: ReturnType<typeof answer>): Script {
  let count = 0;
  return ({ endpoint }) =>
    endpoint.includes(HOSTS[service]) && (count += 1) % every === 0 ? reply : answer(201);
}

type More = Partial<Message> & { messagesPerMinute?: number; audience?: Audience; requestId?: string };

function start(
  client: SampleClient,
  title: string,
  { messagesPerMinute, audience, requestId = randomUUID(), ...more }: More,
) {
  const message = messageSchema.parse({
    title,
    body: 'The detective who never was: a new series in six parts, from tonight.',
    url: 'https://bakerstreet.example/series/never-was',
    iconUrl: 'https://bakerstreet.example/icon-192.png',
    actions: [{ title: 'Read', url: '' }],
    ...more,
  });
  return client.campaigns.start({
    requestId,
    message,
    messagesPerMinute: messagesPerMinute ?? null,
    audience: audience ?? { kind: 'everyone' },
  });
}

async function until(client: SampleClient, id: CampaignId, isSo: (detail: CampaignDetail) => boolean) {
  const changes = await client.app.changes();
  // It listens once the first one has been asked for.
  let change = changes.next();
  while (!isSo(await client.campaigns.get({ id }))) {
    await change;
    change = changes.next();
  }
}
