import { describe, expect, it } from 'vitest';
import { closingQuestion, createClosing, type ClosingChoice, type FoundWork, type Work } from './closing.ts';

const IDLE: Work = { campaigns: [], unsent: 0, rehearsal: false, importing: false, erasing: false };
const SENDING: Work = { ...IDLE, campaigns: ['Sale'], unsent: 94_760 };

function rig(work: FoundWork, choice: ClosingChoice = 'cancel') {
  const state = { work, choice, pausing: 'done' as 'done' | 'silent' };
  const done: string[] = [];
  const ticks = new Set<() => void>();
  const closing = createClosing({
    findWork: () => Promise.resolve(state.work),
    ask({ message }) {
      done.push(`ask: ${message}`);
      return Promise.resolve(state.choice);
    },
    pauseCampaigns() {
      done.push('pause');
      return Promise.resolve(state.pausing);
    },
    hide: () => done.push('hide'),
    show: () => done.push('show'),
    quit: () => done.push('quit'),
    repeat(run) {
      ticks.add(run);
      return () => ticks.delete(run);
    },
  });
  const tick = () => {
    for (const run of ticks) run();
  };
  return { closing, state, done, tick, ticks };
}

describe('closing the window or quitting', () => {
  it.each([IDLE, null])('asks nothing where nothing is under way: %j', async (work) => {
    const { closing, done } = rig(work);
    expect(closing.mayQuit()).toBe(false);
    await expect.poll(() => done).toEqual(['quit']);
    expect(closing.mayQuit()).toBe(true);
  });

  it('says once that what is scheduled needs Pushdesk to run', async () => {
    const { closing, state, done, tick } = rig({ ...IDLE, scheduled: ['Sale'] }, 'background');
    expect(closing.mayQuit()).toBe(false);
    await expect.poll(() => done).toEqual(['ask: A campaign is scheduled', 'hide']);
    tick();
    state.work = IDLE;
    tick();
    await expect.poll(() => done).toEqual(['ask: A campaign is scheduled', 'hide', 'quit']);
    expect(closingQuestion({ ...SENDING, scheduled: ['A', 'B'] })?.detail).toContain('2 campaigns start');
    expect(closingQuestion({ ...IDLE, rehearsal: true, scheduled: ['A'] })?.detail).toContain('“A” starts');
  });

  it('asks once in the middle of a campaign, however often it is asked for', async () => {
    const { closing, done } = rig(SENDING);
    for (let turn = 0; turn < 5; turn += 1) expect(closing.mayQuit()).toBe(false);
    await expect.poll(() => done).toEqual(['ask: A campaign is being sent', 'show']);
    expect(closing.mayQuit()).toBe(false);
  });

  it('pauses first and then quits', async () => {
    const { closing, done } = rig(SENDING, 'quit');
    closing.mayQuit();
    await expect.poll(() => done).toEqual(['ask: A campaign is being sent', 'pause', 'quit']);
    expect(closing.mayQuit()).toBe(true);
  });

  it('stays in the background until all is sent, and then quits', async () => {
    const { closing, state, done, tick } = rig(SENDING, 'background');
    closing.mayQuit();
    await expect.poll(() => done).toEqual(['ask: A campaign is being sent', 'hide']);
    tick();
    const stillAtWork: FoundWork[] = [null, 'silent', { ...IDLE, importing: true }];
    for (const work of stillAtWork) {
      state.work = work;
      tick();
      await Promise.resolve();
    }
    expect(done).toHaveLength(2);
    state.work = IDLE;
    tick();
    await expect.poll(() => done.at(-1)).toBe('quit');
  });

  it('stays open where the person has opened the window again meanwhile', async () => {
    const { closing, state, done, tick, ticks } = rig(SENDING, 'background');
    closing.mayQuit();
    await expect.poll(() => done).toContain('hide');
    closing.reopen();
    state.work = IDLE;
    tick();
    await Promise.resolve();
    expect(ticks.size).toBe(0);
    expect(done.at(-1)).toBe('show');
  });

  it('asks about an engine that lives and does not answer, and quits only when told to', async () => {
    const { closing, done } = rig('silent', 'quit');
    closing.mayQuit();
    await expect.poll(() => done).toEqual(['ask: Pushdesk is busy', 'quit']);
    expect(closing.mayQuit()).toBe(true);
  });

  it.each([IDLE, null])(
    'waits for a silent engine, and quits when nothing is under way: %j',
    async (work) => {
      const { closing, state, done, tick, ticks } = rig('silent', 'wait');
      closing.mayQuit();
      await expect.poll(() => ticks.size).toBe(1);
      tick();
      await Promise.resolve();
      expect(closing.mayQuit()).toBe(false);
      await expect.poll(() => done).toEqual(['ask: Pushdesk is busy', 'ask: Pushdesk is busy']);
      state.work = work;
      await expect
        .poll(() => {
          tick();
          return done.at(-1);
        })
        .toBe('quit');
      expect(ticks.size).toBe(0);
    },
  );

  it('asks as always once a silent engine has answered', async () => {
    const { closing, state, done, tick, ticks } = rig('silent', 'wait');
    closing.mayQuit();
    await expect.poll(() => ticks.size).toBe(1);
    state.work = SENDING;
    state.choice = 'cancel';
    tick();
    await expect.poll(() => done).toEqual(['ask: Pushdesk is busy', 'ask: A campaign is being sent', 'show']);
    expect(ticks.size).toBe(0);
  });

  it('does not quit unasked where a busy engine has not paused the campaigns', async () => {
    const { closing, state, done } = rig(SENDING, 'quit');
    state.pausing = 'silent';
    closing.mayQuit();
    await expect
      .poll(() => done)
      .toEqual(['ask: A campaign is being sent', 'pause', 'ask: Pushdesk is busy', 'quit']);
  });

  it('asks nobody when the system ends', () => {
    const { closing, done } = rig(SENDING);
    closing.insist();
    expect(closing.mayQuit()).toBe(true);
    expect(done).toEqual([]);
  });
});

describe('the question', () => {
  it('says what is not sent yet, and offers three ways', () => {
    const question = closingQuestion(SENDING);
    expect(question?.detail).toContain('94,760 messages of “Sale” are not sent yet.');
    expect(question?.buttons.map(({ label }) => label)).toEqual([
      'Keep sending in the background',
      'Pause and quit',
      'Cancel',
    ]);
  });

  it('cuts a long title between characters, and shows nothing of it that turns text round', () => {
    const emoji = closingQuestion({ ...SENDING, campaigns: [`x${'👍'.repeat(80)}`] })?.detail ?? '';
    expect(emoji).not.toMatch(/\p{Cs}/u);
    const turned = closingQuestion({ ...SENDING, campaigns: ['Sale\u202E now\n'] })?.detail;
    expect(turned).toContain('“Sale now”');
  });

  it('says that a rehearsal is lost', () => {
    expect(closingQuestion({ ...IDLE, rehearsal: true })?.detail).toContain('its results are discarded');
    expect(closingQuestion({ ...SENDING, rehearsal: true })?.detail).toContain('its results are discarded');
    expect(closingQuestion(IDLE)).toBeNull();
  });

  it('says what becomes of an import and of erasing', () => {
    const importing = closingQuestion({ ...IDLE, importing: true });
    expect(importing?.message).toBe('An import is running');
    expect(importing?.detail).toContain('Subscriptions imported so far stay.');
    expect(importing?.buttons.map(({ label }) => label)).toEqual(['Stop import and quit', 'Cancel']);
    const erasing = closingQuestion({ ...IDLE, erasing: true });
    expect(erasing?.detail).toContain('Those erased so far are gone for good');
    const all = closingQuestion({ ...IDLE, importing: true, erasing: true, rehearsal: true });
    expect(all?.buttons[0]?.label).toBe('Stop all and quit');
    for (const part of ['imported so far stay', 'being erased too', 'its results are discarded'])
      expect(all?.detail).toContain(part);
    expect(closingQuestion({ ...SENDING, importing: true, erasing: true })?.detail).toMatch(
      /An import is running too.*\n\nSubscriptions are being erased too/,
    );
  });

  it('lets no title write lines of its own', () => {
    const detail =
      closingQuestion({ ...SENDING, campaigns: [`a\n\n\u202Eb${'x'.repeat(99)}`] })?.detail ?? '';
    expect(detail).toContain('“a b');
    expect(detail).not.toContain('\u202E');
    expect(closingQuestion({ ...SENDING, campaigns: ['a', 'b'], unsent: 1 })?.detail).toContain(
      '1 message of 2 campaigns is not sent yet.',
    );
  });
});
