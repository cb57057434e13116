import { describe, expect, it } from 'vitest';
import { createOpenWorkspaces, type OpenWorkspace } from './open-workspaces.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function rig(...ids: string[]) {
  const done: string[] = [];
  const answers = new Map<string, 'leave' | 'cancel' | 'background'>();
  const hidden = new Set<string>();
  const opens = createOpenWorkspaces({
    changed: () => undefined,
    exit: () => done.push('exit'),
  });
  const releases = new Map<string, () => void>();
  const add = (id: string) => {
    let insists = false;
    const workspace: OpenWorkspace = {
      id,
      close() {
        done.push(`close ${id}`);
        const answer = insists ? 'leave' : (answers.get(id) ?? 'leave');
        if (answer === 'leave') opens.left(id);
        else if (answer === 'cancel') opens.kept();
        else {
          hidden.add(id);
          opens.hidden(id);
        }
      },
      reopen() {
        hidden.delete(id);
        done.push(`show ${id}`);
      },
      isHidden: () => hidden.has(id),
      insist() {
        insists = true;
      },
      stop: () =>
        new Promise((resolve) => {
          done.push(`stop ${id}`);
          releases.set(id, resolve);
        }),
    };
    opens.add(workspace);
  };
  for (const id of ids) add(id);
  const release = async (id: string) => {
    releases.get(id)?.();
    await settled();
  };
  return { opens, done, answers, add, release };
}

describe('several workspaces', () => {
  it('close one by one, and the app ends with the last engine, not with the last window', async () => {
    const { opens, done, release } = rig('a', 'b');
    opens.left('a');
    await release('a');
    expect(opens.isOpen('b')).toBe(true);
    opens.left('b');
    expect(done).toEqual(['stop a', 'stop b']);
    await release('b');
    expect(done).toEqual(['stop a', 'stop b', 'exit']);
  });

  it('are all asked when the app quits, the one in use first', async () => {
    const { opens, done, release } = rig('a', 'b', 'c');
    opens.focused('a');
    opens.quit();
    expect(done.filter((text) => text.startsWith('close'))).toEqual(['close a', 'close c', 'close b']);
    for (const id of ['a', 'b', 'c']) await release(id);
    expect(done.at(-1)).toBe('exit');
  });

  it('stay from the first that the person keeps', () => {
    const { opens, done, answers } = rig('a', 'b', 'c');
    answers.set('b', 'cancel');
    opens.quit();
    expect(done).toEqual(['close c', 'stop c', 'close b']);
    expect([opens.isOpen('a'), opens.isOpen('b')]).toEqual([true, true]);
    // Closing one later is not part of that quit.
    opens.left('b');
    expect(opens.isOpen('a')).toBe(true);
  });

  it('that go on in the background hold up none of the others, and end the app when they are done', async () => {
    const { opens, done, answers, release } = rig('a', 'b');
    answers.set('b', 'background');
    opens.quit();
    expect(done).toEqual(['close b', 'close a', 'stop a']);
    await release('a');
    expect(done).not.toContain('exit');
    opens.left('b');
    await release('b');
    expect(done.at(-1)).toBe('exit');
  });

  it('are asked nothing where the system ends', async () => {
    const { opens, done, answers, release } = rig('a', 'b');
    answers.set('a', 'cancel').set('b', 'background');
    opens.insist();
    expect(done).toEqual(expect.arrayContaining(['stop a', 'stop b']));
    await release('a');
    await release('b');
    expect(done.at(-1)).toBe('exit');
  });

  it('leave once, however often they are told to', () => {
    const { opens, done } = rig('a');
    opens.left('a');
    opens.left('a');
    expect(done).toEqual(['stop a']);
  });

  it('end only when their engines have, and can then be opened again', async () => {
    const { opens, add, release } = rig('a', 'b');
    opens.left('a');
    let hasEnded = false;
    void opens.ended('a').then(() => {
      hasEnded = true;
    });
    await settled();
    expect(hasEnded).toBe(false);
    await release('a');
    expect(hasEnded).toBe(true);
    add('a');
    expect(opens.isOpen('a')).toBe(true);
  });

  it('come back when the app is started again: those in the background, or the one used last', () => {
    const { opens, done, answers } = rig('a', 'b');
    opens.focused('a');
    opens.reopen();
    expect(done).toEqual(['show a']);
    answers.set('b', 'background');
    opens.find('b')?.close();
    opens.reopen();
    expect(done.slice(1)).toEqual(['close b', 'show b']);
  });
});
