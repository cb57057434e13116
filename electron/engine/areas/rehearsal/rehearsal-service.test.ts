import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { babblingWorker } from '../../testing/babbling-worker.ts';
import { WORKER_FILES } from '../../testing/engine-options.ts';
import { isListening, rehearsalRig } from './testing/rehearsal-rig.ts';

const LONG = 120_000;

describe('a rehearsal', () => {
  it('reaches every virtual device once, and each one shows it', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    const started = await rig.start(300);
    expect(started).toMatchObject({ state: 'registering', devices: 300, campaignId: null, problem: null });
    const { campaign, rehearsal } = await rig.finish();
    expect(campaign).toMatchObject({
      kind: 'rehearsal',
      state: 'finished',
      recipients: 300,
      counts: { accepted: 300 },
    });
    expect(rehearsal).toMatchObject({
      registered: 300,
      decrypts: 'all',
      record: { received: 300, accepted: 300, shown: 300, undecryptable: 0 },
    });
    expect(rig.published).toContain('rehearsal');
    expect(new Set(rig.published)).toEqual(new Set(['rehearsal']));
  });

  it(
    'looks like a real one: a part for each push service, and its own words in the answers',
    { timeout: LONG },
    async () => {
      const rig = rehearsalRig();
      await rig.start(100, { gone: 50 });
      const { campaign } = await rig.finish();
      expect(campaign.parts.map(({ pushService }) => pushService).sort()).toEqual([
        'apple',
        'fcm',
        'mozilla',
        'wns',
      ]);
      const words = new Map(
        rig.deliveries(['gone']).map(({ id, pushService }) => {
          const { answer } = rig.service.campaigns.delivery({ id }).attempts[0] ?? expect.fail('no attempt');
          return [
            pushService,
            { status: answer?.status, said: `${answer?.body} ${JSON.stringify(answer?.headers)}` },
          ];
        }),
      );
      expect(words.get('mozilla')).toMatchObject({
        status: 410,
        said: expect.stringContaining('"errno":106') as string,
      });
      expect(words.get('apple')).toMatchObject({
        status: 410,
        said: expect.stringContaining('"reason":"Unregistered"') as string,
      });
      expect(words.get('fcm')).toMatchObject({
        status: 410,
        said: expect.stringContaining('unsubscribed or expired') as string,
      });
      expect(words.get('wns')).toMatchObject({
        status: 410,
        said: expect.stringContaining('x-wns-error-description') as string,
      });
    },
  );

  it('goes to this machine only, signed with a key of its own', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    await rig.start(50);
    await rig.finish();
    expect(rig.deliveries().every(({ endpoint }) => endpoint.startsWith('https://127.0.0.1:'))).toBe(true);
    const keys = rig.deliveries().map(({ id }) => rig.service.campaigns.delivery({ id }).publicKey);
    await rig.start(10);
    await rig.finish();
    const [again] = rig.deliveries().map(({ id }) => rig.service.campaigns.delivery({ id }).publicKey);
    expect(new Set(keys).size).toBe(1);
    expect(again).not.toBe(keys[0]);
  });

  it('sends its canary first and waits where its rules say so', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    await rig.start(400, {}, {}, { leastPerPart: 2, whenGood: 'wait' });
    await expect.poll(() => rig.hasBegun(), { timeout: LONG }).toBe(true);
    await expect.poll(() => rig.campaign().canary?.state, { timeout: LONG }).toBe('waiting');
    const { counts, canary } = rig.campaign();
    expect(counts.accepted).toBe(canary?.recipients);
    expect(counts.queued).toBe(400 - counts.accepted);
    rig.service.campaigns.goOnAfterCanary({ id: rig.campaignId() });
    const { campaign } = await rig.finish();
    expect(campaign).toMatchObject({ counts: { accepted: 400 }, canary: { state: 'passed' } });
  });

  it('decrypts a sample where all would be too many', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    expect(await rig.start(20_001)).toMatchObject({ decrypts: 'sample' });
    expect(await rig.service.stop()).toBeNull();
    expect(await rig.start(20_000)).toMatchObject({ decrypts: 'all' });
  });
});

describe('the acts', () => {
  it('pause, resume, cancel and send again work on its campaign', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    await rig.start(3000);
    await expect.poll(() => rig.hasBegun(), { timeout: LONG }).toBe(true);
    const id = rig.campaignId();
    await expect.poll(() => rig.campaign().state, { timeout: LONG }).toBe('running');
    rig.service.campaigns.pause({ id });
    expect(rig.current().state).toBe('sending');
    await expect.poll(() => rig.campaign().counts.sending, { timeout: LONG }).toBe(0);
    const { accepted } = rig.campaign().counts;
    expect(accepted).toBeLessThan(3000);
    rig.service.campaigns.resume({ id });
    await expect.poll(() => rig.campaign().counts.accepted, { timeout: LONG }).toBeGreaterThan(accepted);
    rig.service.campaigns.cancel({ id });
    await expect.poll(() => rig.current().state, { timeout: LONG }).toBe('finished');
    await expect.poll(() => rig.campaign().counts.queued, { timeout: LONG }).toBe(0);
    expect(rig.campaign().counts.cancelled).toBeGreaterThan(0);
  });

  it('are refused where there is no rehearsal', () => {
    const { service } = rehearsalRig();
    expect(service.current()).toBeNull();
    expect(() => service.campaigns.get({ id: 1 as never })).toThrow(
      expect.objectContaining({ kind: 'NOT_FOUND' }),
    );
  });
});

describe('one at a time', () => {
  it('a second one is refused in words while the first goes on', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    const both = await Promise.allSettled([rig.start(2000), rig.start(10)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(rig.start(10)).rejects.toMatchObject({
      kind: 'CONFLICT',
      problem: { code: 'rehearsal-goes-on', cause: 'A rehearsal is already running.' },
    });
    expect(rig.current().devices).toBe(2000);
  });

  it('takes the place of one that has ended, with all its rows', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    await rig.start(20);
    await rig.finish();
    const port = rig.port();
    await rig.start(30, {}, { title: 'Another' });
    const { campaign } = await rig.finish();
    expect(campaign).toMatchObject({ id: 1, recipients: 30, message: { title: 'Another' } });
    expect(rig.deliveries()).toHaveLength(30);
    expect(rig.port() === port || !(await isListening(port))).toBe(true);
  });

  it('a message that no push service takes starts nothing', async () => {
    const rig = rehearsalRig();
    await expect(rig.start(10, {}, { body: 'x'.repeat(4000) })).rejects.toMatchObject({
      kind: 'BAD_INPUT',
      problem: { code: 'payload-too-large' },
    });
    expect(rig.service.current()).toBeNull();
    expect(existsSync(rig.file)).toBe(false);
  });
});

describe('the end', () => {
  it('leaves no file, and nothing that listens', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    await rig.start(50);
    await rig.finish();
    const port = rig.port();
    expect(await isListening(port)).toBe(true);
    expect(existsSync(rig.file)).toBe(true);
    expect(await rig.service.stop()).toBeNull();
    expect(rig.service.current()).toBeNull();
    expect(existsSync(rig.file)).toBe(false);
    expect(await isListening(port)).toBe(false);
    expect(await rig.service.stop()).toBeNull();
  });

  it('comes at once in the middle of the sending, slow answers or not', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    await rig.start(2000, { slow: 100 });
    await expect
      .poll(() => (rig.hasBegun() ? rig.campaign().counts.sending : 0), {
        timeout: LONG,
      })
      .toBeGreaterThan(0);
    const port = rig.port();
    await rig.service.close();
    expect(existsSync(rig.file)).toBe(false);
    expect(await isListening(port)).toBe(false);
    expect(rig.captured.lines().filter((line) => Number(line['level']) >= 50)).toEqual([]);
    await expect(rig.start(10)).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  });

  it('comes at once while a million devices subscribe', { timeout: LONG }, async () => {
    const rig = rehearsalRig();
    await rig.start(1_000_000);
    await expect.poll(() => rig.current().registered, { timeout: LONG }).toBeGreaterThan(3000);
    expect(rig.current().state).toBe('registering');
    await rig.service.close();
    expect(existsSync(rig.file)).toBe(false);
    expect(rig.captured.lines().filter((line) => Number(line['level']) >= 50)).toEqual([]);
  });

  it('of a killed one comes with the next start of the engine', () => {
    const rig = rehearsalRig();
    for (const suffix of ['', '-journal', '-wal', '-shm']) writeFileSync(rig.file + suffix, 'left behind');
    rig.service.removeLeftovers();
    for (const suffix of ['', '-journal', '-wal', '-shm']) expect(existsSync(rig.file + suffix)).toBe(false);
  });
});

describe('when the local push service falls', () => {
  const workers = (name: string) => ({
    ...WORKER_FILES,
    rehearsal: new URL(`./testing/${name}.ts`, import.meta.url),
  });

  it(
    'in the middle, the rehearsal says so, sends no more, and the next one can begin',
    { timeout: LONG },
    async () => {
      const rig = rehearsalRig({ workerFiles: workers('falling-worker') });
      await rig.start(2000);
      await expect.poll(() => rig.current().state, { timeout: LONG }).toBe('failed');
      expect(rig.current().problem).toMatchObject({ code: 'rehearsal-service-ended' });
      expect(rig.campaign().state).toBe('paused');
      expect(rig.captured.text()).toContain('fell over');
      expect(await rig.start(10)).toMatchObject({ state: 'registering', problem: null });
    },
  );

  it.each(['null', '7', "{ type: 'record' }", "{ type: 'rows', rows: [1] }"])(
    'because it says %s, the rehearsal says so',
    { timeout: LONG },
    async (message) => {
      const rig = rehearsalRig({ workerFiles: { ...WORKER_FILES, rehearsal: babblingWorker(message) } });
      await rig.start(10);
      await expect.poll(() => rig.current().state, { timeout: LONG }).toBe('failed');
      expect(rig.current().problem).toMatchObject({ code: 'rehearsal-not-set-up' });
      expect(rig.captured.text()).toContain('not valid');
    },
  );

  it('before it listens, the rehearsal says that it could not be set up', { timeout: LONG }, async () => {
    const rig = rehearsalRig({ workerFiles: workers('broken-worker') });
    await rig.start(10);
    await expect.poll(() => rig.current().state, { timeout: LONG }).toBe('failed');
    expect(rig.current().problem).toMatchObject({ code: 'rehearsal-not-set-up' });
    expect(rig.captured.text()).toContain('cannot even start');
    await rig.service.stop();
    expect(existsSync(rig.file)).toBe(false);
  });
});
