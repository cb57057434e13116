import { describe, expect, it, vi } from 'vitest';
import { closingQuestion, createClosing, type ClosingChoice, type Work } from './closing.ts';

const IDLE: Work = { campaigns: [], unsent: 0, rehearsal: false };
const SENDING: Work = { campaigns: ['Sale'], unsent: 94_760, rehearsal: false };

function rig(work: Work | null, choice: ClosingChoice = 'cancel') {
  const state = { work, choice };
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
      return Promise.resolve();
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
    await vi.waitFor(() => {
      expect(done).toEqual(['quit']);
    });
    expect(closing.mayQuit()).toBe(true);
  });

  it('asks once in the middle of a campaign, however often it is asked for', async () => {
    const { closing, done } = rig(SENDING);
    for (let turn = 0; turn < 5; turn += 1) expect(closing.mayQuit()).toBe(false);
    await vi.waitFor(() => {
      expect(done).toEqual(['ask: A campaign is being sent', 'show']);
    });
    expect(closing.mayQuit()).toBe(false);
  });

  it('pauses first and then quits', async () => {
    const { closing, done } = rig(SENDING, 'quit');
    closing.mayQuit();
    await vi.waitFor(() => {
      expect(done).toEqual(['ask: A campaign is being sent', 'pause', 'quit']);
    });
    expect(closing.mayQuit()).toBe(true);
  });

  it('stays in the background until all is sent, and then quits', async () => {
    const { closing, state, done, tick } = rig(SENDING, 'background');
    closing.mayQuit();
    await vi.waitFor(() => {
      expect(done).toEqual(['ask: A campaign is being sent', 'hide']);
    });
    tick();
    state.work = null;
    tick();
    await Promise.resolve();
    expect(done).toHaveLength(2);
    state.work = IDLE;
    tick();
    await vi.waitFor(() => {
      expect(done.at(-1)).toBe('quit');
    });
  });

  it('stays open where the person has opened the window again meanwhile', async () => {
    const { closing, state, done, tick, ticks } = rig(SENDING, 'background');
    closing.mayQuit();
    await vi.waitFor(() => {
      expect(done).toContain('hide');
    });
    closing.reopen();
    state.work = IDLE;
    tick();
    await Promise.resolve();
    expect(ticks.size).toBe(0);
    expect(done.at(-1)).toBe('show');
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

  it('says that a rehearsal is lost', () => {
    expect(closingQuestion({ ...IDLE, rehearsal: true })?.detail).toContain('its results are discarded');
    expect(closingQuestion({ ...SENDING, rehearsal: true })?.detail).toContain('its results are discarded');
    expect(closingQuestion(IDLE)).toBeNull();
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
