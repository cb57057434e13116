import { describe, expect, it } from 'vitest';
import { createGestureGate } from './gesture.ts';
import { createOneAtATime } from './one-at-a-time.ts';

/** Save dialogs as a taken-over page asks for them; each stays open until it is answered. */
function exports() {
  const gesture = createGestureGate({ now: () => 1_000_000, hasAssistiveTechnology: () => false });
  const oneAtATime = createOneAtATime(gesture);
  const open: { resolve: (path: string | null) => void; reject: (error: Error) => void }[] = [];
  return {
    press: () => {
      gesture.note('mouseDown');
    },
    open,
    ask: () =>
      oneAtATime<string | null>(
        () =>
          new Promise((resolve, reject) => {
            open.push({ resolve, reject });
          }),
        null,
      ),
  };
}

describe('a save dialog', () => {
  it('does not open without a press, however often it is asked for', async () => {
    const { ask, open } = exports();
    for (let turn = 0; turn < 50; turn += 1) expect(await ask()).toBeNull();
    expect(open).toHaveLength(0);
  });

  it('opens once where several are asked for at once, also with a press for each', async () => {
    const { press, ask, open } = exports();
    const answers = Array.from({ length: 5 }, () => {
      press();
      return ask();
    });
    expect(open).toHaveLength(1);
    open[0]?.resolve('/home/irene/keys.json');
    expect(await Promise.all(answers)).toEqual(['/home/irene/keys.json', null, null, null, null]);
  });

  it('opens again after an answer only for another press', async () => {
    const { press, ask, open } = exports();
    press();
    const first = ask();
    open[0]?.resolve(null);
    await first;
    expect(await ask()).toBeNull();
    expect(open).toHaveLength(1);
    press();
    void ask();
    expect(open).toHaveLength(2);
  });

  it('that fails leaves the way free', async () => {
    const { press, ask, open } = exports();
    press();
    const failed = ask();
    open[0]?.reject(new Error('No window'));
    await expect(failed).rejects.toThrow('No window');
    press();
    void ask();
    expect(open).toHaveLength(2);
  });
});
