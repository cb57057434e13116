import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft, DraftContent } from '../../electron/contract/drafts.ts';
import { draftIdSchema } from '../../electron/contract/ids.ts';
import type { Problem } from '../../electron/contract/problem.ts';
import { ToldProblem } from '../api/problem-of.ts';
import { createDraftSession } from './draft-session.ts';

const ID = draftIdSchema.parse(1);
const content = (title: string): DraftContent => ({
  message: { title },
  audience: { kind: 'everyone' },
  choices: {},
});
const failing = (code: string): ToldProblem => new ToldProblem({ code, cause: code, cure: 'c' });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An engine with one draft, and a window that has it open. */
function rig({ isNew = false } = {}) {
  let kept: Draft | null = null;
  const put = (next: DraftContent, revision: number) => {
    kept = { ...next, id: ID, revision, updatedAt: revision, requestId: `r${revision}` };
    return kept;
  };
  const first = isNew ? null : put(content('Old'), 1);
  let failure: ToldProblem | null = null;
  /** The engine does it, but its answer is lost. */
  let isAnswerLost = false;
  const saves: string[] = [];
  const backs = new Set<() => void>();
  const answer = (draft: Draft) =>
    isAnswerLost ? Promise.reject(failing('line-cut')) : Promise.resolve(draft);
  const session = createDraftSession(first, {
    create(next) {
      saves.push(`create ${String(next.message['title'])}`);
      return failure ? Promise.reject(failure) : answer(put(next, 1));
    },
    save({ revision, message, audience, choices }) {
      const next = { message, audience, choices };
      saves.push(`save ${String(next.message['title'])} over ${revision}`);
      if (failure) return Promise.reject(failure);
      if (kept !== null && JSON.stringify(next) === JSON.stringify(contentIn(kept))) return answer(kept);
      if (kept?.revision !== revision) return Promise.reject(failing('draft-changed'));
      return answer(put(next, revision + 1));
    },
    get: () => (kept === null ? Promise.reject(failing('draft-unknown')) : Promise.resolve(kept)),
    problemOf: (error): Problem => (error as ToldProblem).problem,
    whenBack(run) {
      backs.add(run);
      return () => backs.delete(run);
    },
    onChange: () => undefined,
  });
  return {
    session,
    saves,
    kept: () => kept,
    elsewhere: (title: string) => put(content(title), (kept?.revision ?? 0) + 1),
    fail: (code: string | null) => {
      failure = code === null ? null : failing(code);
    },
    loseAnswers: (isLost: boolean) => {
      isAnswerLost = isLost;
    },
    back: () => {
      const all = [...backs];
      backs.clear();
      for (const run of all) run();
    },
    settle: () => vi.advanceTimersByTimeAsync(1000),
  };
}
const contentIn = ({ message, audience, choices }: Draft): DraftContent => ({ message, audience, choices });

describe('a draft that is open', () => {
  it('is kept a moment after the last change, and members that Compose does not know stay', async () => {
    const { session, saves, elsewhere, settle, kept } = rig();
    session.meet(Object.assign(elsewhere('Old'), { choices: { schedule: 5 } }));
    session.change(content('A'));
    session.change({ ...content('AB'), choices: { canary: 1 } });
    expect(session.view().state).toBe('keeping');
    await settle();
    expect(saves).toEqual(['save AB over 2']);
    expect(kept()?.choices).toEqual({ schedule: 5, canary: 1 });
    expect(session.view()).toMatchObject({ state: 'kept', savedAt: 3, problem: null });
  });

  it('is nothing that is kept before something is written', async () => {
    const { session, saves, settle } = rig({ isNew: true });
    expect(await session.flush()).toBeNull();
    session.change(content('New'));
    await settle();
    session.change(content('News'));
    await settle();
    expect(saves).toEqual(['create New', 'save News over 1']);
    expect(session.view().id).toBe(ID);
  });

  it('is kept at once before it is sent, and gives the id to send it under', async () => {
    const { session } = rig();
    session.change(content('Now'));
    expect(await session.flush()).toMatchObject({ message: { title: 'Now' }, requestId: 'r2' });
  });

  it('waits for the engine, and then keeps the last of it', async () => {
    const { session, saves, fail, back, settle } = rig();
    fail('engine-away');
    session.change(content('First'));
    await settle();
    expect(session.view().state).toBe('away');
    session.change(content('Second'));
    await settle();
    fail(null);
    back();
    await settle();
    expect(saves.at(-1)).toBe('save Second over 1');
    expect(session.view()).toMatchObject({ state: 'kept', problem: null });
  });

  it('takes its own change for no one else’s where only the answer was lost', async () => {
    const { session, loseAnswers, back, settle, kept } = rig();
    loseAnswers(true);
    session.change(content('First'));
    await settle();
    session.change(content('Second'));
    loseAnswers(false);
    back();
    await settle();
    expect(kept()).toMatchObject({ message: { title: 'Second' }, revision: 3 });
    expect(session.view().state).toBe('kept');
  });
});

describe('a draft that is open twice', () => {
  it('shows what the other one wrote where nothing newer stands here', () => {
    const { session, elsewhere } = rig();
    const { generation } = session.view();
    session.meet(elsewhere('Theirs'));
    expect(session.view()).toMatchObject({ generation: generation + 1 });
    expect(session.content()).toEqual(content('Theirs'));
  });

  it('overwrites nothing, and says so until the person decides', async () => {
    const { session, saves, elsewhere, settle, kept } = rig();
    elsewhere('Theirs');
    session.change(content('Mine'));
    await settle();
    expect(session.view()).toMatchObject({ state: 'refused', problem: { code: 'draft-changed' } });
    session.change(content('Mine too'));
    await settle();
    await expect(session.flush()).rejects.toThrow('draft-changed');
    expect(saves).toHaveLength(1);
    expect(kept()?.message).toEqual({ title: 'Theirs' });
    await session.keepAsOther();
    expect(saves.at(-1)).toBe('create Mine too');
    expect(session.view().problem).toBeNull();
  });

  it('shows the other version when it is asked to', async () => {
    const { session, elsewhere, settle } = rig();
    elsewhere('Theirs');
    session.change(content('Mine'));
    await settle();
    await session.takeTheirs();
    expect(session.view()).toMatchObject({ state: 'kept', problem: null });
    expect(session.content()).toEqual(content('Theirs'));
  });
});

describe('a change from another screen', () => {
  it('is kept at once and shown', async () => {
    const { session, kept } = rig();
    await session.fill({ audience: null });
    expect(kept()).toMatchObject({ message: { title: 'Old' }, audience: null });
    expect(session.content().audience).toBeNull();
  });

  it('that cannot be kept leaves all as it was', async () => {
    const { session, fail, settle, kept } = rig();
    fail('disk-full');
    await expect(session.fill({ audience: null })).rejects.toThrow('disk-full');
    expect(session.content()).toEqual(content('Old'));
    fail(null);
    session.change(content('Next'));
    await settle();
    expect(kept()).toMatchObject(content('Next'));
  });
});
