import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import type { CampaignId } from '../../../electron/contract/ids.ts';
import { makeKeyPair, type RawKeyPair } from '../../../electron/engine/keys/curve.ts';
import { createPushService, type PushService } from '../../../electron/engine/rehearsal/push-service.ts';
import { createEnginePieces } from '../engine-pieces.ts';
import { addSubscriptions, message } from '../sending-rig.ts';

const MESSAGES = 5000;
const KILLS = 30;
/** A life is ended at a random moment of this time after it has begun. */
const LIFE_MS = 350;
const PROGRAM = fileURLToPath(new URL('one-life.ts', import.meta.url));

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Setting {
  folder: string;
  push: PushService;
  keyPair: RawKeyPair;
  id: CampaignId;
}

interface Row {
  endpoint: string;
  state: string;
  attempts: number;
  diagnosis: string | null;
}

/** A campaign whose deliveries are not yet written, in a folder of its own, and a push service with faults mixed in. */
async function prepared(): Promise<Setting> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-torture-'));
  undo.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const push = await createPushService({ seed: 'torture', decrypt: 'sample' });
  undo.push(() => push.close());
  const keyPair = makeKeyPair();
  const pieces = createEnginePieces({
    folder,
    trusted: null,
    allowPrivate: true,
    deadlineMs: 1000,
    cap: 1,
    log: pino({ level: 'silent' }),
    onChange: () => undefined,
  });
  pieces.addKeyPair(keyPair);
  const fleet = push.registerFleet({ count: MESSAGES, applicationServerKey: keyPair.publicKey });
  addSubscriptions(pieces.store, fleet.subscriptions(), keyPair.publicKey);
  const { id } = pieces.service.start({
    requestId: randomUUID(),
    message: message({ ttlSeconds: 10 }),
    audience: { kind: 'everyone' },
  });
  await pieces.close();
  push.faults.add({ effect: { kind: 'delay', milliseconds: 15 } });
  push.faults.add({ effect: { kind: 'answer', status: 410 }, probability: 0.03 });
  push.faults.add({ effect: { kind: 'answer', status: 500 }, probability: 0.03 });
  push.faults.add({ effect: { kind: 'drop', cut: 'stream' }, probability: 0.01 });
  push.faults.add({ effect: { kind: 'stall', accepts: true }, probability: 0.002 });
  return { folder, push, keyPair, id };
}

function live({ folder, push, keyPair }: Setting): {
  child: ChildProcess;
  said: (word: string) => Promise<void>;
} {
  const life = JSON.stringify({ folder, certificatePem: push.certificatePem, keyPair });
  const child = spawn(process.execPath, [PROGRAM, life], { stdio: ['ignore', 'pipe', 'inherit'] });
  undo.push(() => {
    child.kill('SIGKILL');
  });
  const words = new Set<string>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const word of text.split('\n')) words.add(word);
    child.emit('said');
  });
  const said = async (word: string) => {
    while (!words.has(word)) await once(child, 'said');
  };
  return { child, said };
}

function rowsOf({ folder }: Setting): Row[] {
  const pieces = createEnginePieces({
    folder,
    trusted: null,
    allowPrivate: true,
    deadlineMs: 1000,
    cap: 1,
    log: pino({ level: 'silent' }),
    onChange: () => undefined,
  });
  const rows = pieces.store.db
    .read<object, Row>(
      `SELECT s.endpoint, d.state, d.diagnosis, (SELECT count(*) FROM attempts a WHERE a.delivery_id = d.id) AS attempts
       FROM deliveries d JOIN subscriptions s ON s.id = d.subscription_id`,
    )
    .all({});
  pieces.store.close();
  return rows;
}

it(`loses nothing and repeats nothing in silence over ${KILLS} kills`, { timeout: 300_000 }, async () => {
  const setting = await prepared();
  let killed = 0;
  while (killed < KILLS) {
    const { child, said } = live(setting);
    await said('running');
    await new Promise((resolve) => setTimeout(resolve, randomInt(LIFE_MS)));
    child.kill('SIGKILL');
    await once(child, 'exit');
    killed += 1;
  }
  const last = live(setting);
  await last.said('done');
  last.child.kill('SIGKILL');
  await once(last.child, 'exit');

  const rows = rowsOf(setting);
  const seen = new Map<string, { requests: number; accepted: number }>();
  for (const { endpoint } of rows) {
    const entries = setting.push.requests.of(endpoint).filter(({ aborted }) => !aborted);
    seen.set(endpoint, {
      requests: entries.length,
      accepted: entries.filter(({ accepted }) => accepted).length,
    });
  }
  const found = (row: Row) => seen.get(row.endpoint) ?? { requests: 0, accepted: 0 };

  // Nothing lost: everyone has a delivery, and each has its end.
  expect(rows).toHaveLength(MESSAGES);
  const ends = ['accepted', 'gone', 'failed', 'unknown'];
  expect(rows.filter(({ state }) => !ends.includes(state))).toEqual([]);
  expect(rows.filter((row) => row.state === 'accepted' && found(row).accepted === 0)).toEqual([]);
  expect(rows.filter((row) => row.state === 'gone' && found(row).requests === 0)).toEqual([]);
  // No silent repeat: each request that the service saw stands in the log, but for the one that was on the wire at a kill.
  const allowed = (row: Row) => row.attempts + (row.state === 'unknown' ? 1 : 0);
  expect(rows.filter((row) => found(row).requests > allowed(row))).toEqual([]);
  // Each unknown is accounted for, and there are some: else nothing was tested.
  const unknown = rows.filter(({ state }) => state === 'unknown');
  expect(unknown.every(({ diagnosis }) => diagnosis === 'interrupted')).toBe(true);
  expect(unknown.length).toBeGreaterThan(0);
  expect(unknown.length).toBeLessThanOrEqual(KILLS * 64);
});
