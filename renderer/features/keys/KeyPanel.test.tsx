import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { describePrivateHalf } from '../../../electron/core/keys/private-half.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { keyPairId, sampleKeyPair } from '../../testing/samples.ts';
import { appInfo } from '../../testing/standard-answers.ts';
import { KeyPanel } from './KeyPanel.tsx';

function show(pair: KeyPair, answers: Answers = {}, hasOthers = true) {
  const onClose = vi.fn();
  const onImport = vi.fn();
  const rendered = renderWith(
    <KeyPanel pair={pair} hasOthers={hasOthers} onReplace={vi.fn()} onClose={onClose} onImport={onImport} />,
    { answers },
  );
  return { ...rendered, onClose, onImport };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const unused = (change: Parameters<typeof sampleKeyPair>[0] = {}) =>
  sampleKeyPair({ inUse: false, ...change });
const FULL = { code: 'full', cause: 'The disk is full.', cure: 'Make room.' };

describe('removing a key pair', () => {
  it.each([
    [{ subscriptions: { active: 1, total: 1 } }, 'one active subscription was made with it'],
    [{ subscriptions: { active: 1204, total: 1388 } }, '1,204 active subscriptions were made with it'],
  ])('is refused before it is asked while people need it: %o', async (change, cause) => {
    const { user } = show(unused(change));
    await user.click(button('Remove'));
    expect(noticeWith(cause).textContent).toContain('delete those subscriptions first');
    expect(screen.queryByRole('dialog', { name: /^Remove / })).toBeNull();
  });

  it('is refused while the subscribe page uses it, unless it is the only one', async () => {
    const { user, rerender } = show(sampleKeyPair());
    await user.click(button('Remove'));
    expect(noticeWith('the subscribe page uses it')).toBeTruthy();
    rerender(
      <KeyPanel
        pair={sampleKeyPair()}
        hasOthers={false}
        onReplace={vi.fn()}
        onClose={vi.fn()}
        onImport={vi.fn()}
      />,
    );
    await user.click(button('Remove'));
    expect(await screen.findByRole('dialog', { name: 'Remove Baker Street News?' })).toBeTruthy();
  });

  it.each([
    [{ copiedAt: null }, 'There is no copy of it: export it first if you may need it again.'],
    [{}, 'Your copy of it stays where you saved it.'],
    [{ subscriptions: { active: 0, total: 311 } }, 'nobody can send to the 311 subscriptions made with it'],
    [{ subscriptions: { active: 0, total: 1 } }, 'nobody can send to the 1 subscription made with it'],
  ])('says what is lost: %o', async (change, words) => {
    const { user } = show(unused(change));
    await user.click(button('Remove'));
    expect((await screen.findByRole('dialog', { name: /^Remove / })).textContent).toContain(words);
  });

  it('happens after a yes and closes the panel, or says why it did not', async () => {
    let isFull = true;
    const { user, engine, onClose } = show(unused(), {
      keys: { remove: ({ id }) => (isFull ? refuse(FULL) : { id: keyPairId(id) }) },
    });
    await user.click(button('Remove'));
    const dialog = await screen.findByRole('dialog', { name: /^Remove / });
    await user.click(within(dialog).getByRole('button', { name: 'Remove key pair' }));
    expect(await within(dialog).findByText('The disk is full.')).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
    isFull = false;
    await user.click(within(dialog).getByRole('button', { name: 'Remove key pair' }));
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(engine.inputsOf('keys.remove')).toEqual([{ id: 1 }, { id: 1 }]);
  });

  it('does nothing after a no', async () => {
    const { user, engine } = show(unused());
    await user.click(button('Remove'));
    await user.click(await screen.findByRole('button', { name: 'Keep key pair' }));
    expect(engine.inputsOf('keys.remove')).toEqual([]);
  });
});

describe('a key pair that cannot sign', () => {
  const closed = (privateHalf: 'locked' | 'missing') =>
    unused({
      canSign: false,
      privateHalf,
      privateHalfProblem: describePrivateHalf(privateHalf, 'Shop', true),
    });

  it('can neither be used nor exported, and asks for the copy', async () => {
    const { user, onImport } = show(closed('missing'));
    expect(button('Use on subscribe page').disabled).toBe(true);
    expect(button('Export').disabled).toBe(true);
    await user.click(button('Import copy'));
    expect(onImport).toHaveBeenCalledOnce();
  });

  it('asks for the key ring where that is locked', async () => {
    const { user } = show(closed('locked'), {
      app: { info: () => ({ ...appInfo, keyRing: 'locked' }) },
      keys: { unlock: () => [closed('locked')] },
    });
    await user.click(await screen.findByRole('button', { name: 'Unlock key ring' }));
    expect(await screen.findByText('The key ring is still locked.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Import copy' })).toBeNull();
  });
});

describe('the other acts of a key pair', () => {
  it('use it, where it is not in use', async () => {
    const { user, engine, rerender } = show(unused(), { keys: { use: () => sampleKeyPair() } });
    await user.click(button('Use on subscribe page'));
    await expect.poll(() => engine.inputsOf('keys.use')).toEqual([{ id: 1 }]);
    rerender(
      <KeyPanel pair={sampleKeyPair()} hasOthers onReplace={vi.fn()} onClose={vi.fn()} onImport={vi.fn()} />,
    );
    expect(screen.queryByRole('button', { name: 'Use on subscribe page' })).toBeNull();
    expect(screen.getByText('In use on the subscribe page')).toBeTruthy();
  });

  it('export it: where to, that nobody picked a place, or why not', async () => {
    const { user, engine } = show(unused(), { keys: { export: () => ({ path: null }) } });
    const exportAs = async (format: RegExp) => {
      await user.click(button('Export'));
      await user.click(await screen.findByRole('menuitem', { name: format }));
    };
    await exportAs(/^JSON/);
    await expect.poll(() => engine.inputsOf('keys.export').length).toBe(1);
    expect(screen.queryByText(/^Saved to/)).toBeNull();
    engine.answer({ keys: { export: () => refuse(FULL) } });
    await exportAs(/^\.env/);
    await expect.poll(noticeTexts).toContainEqual(expect.stringContaining('The disk is full.'));
    engine.answer({ keys: { export: () => ({ path: '/home/ada/k.json' }) } });
    await exportAs(/^PEM/);
    expect(await screen.findByText(/^Saved to \/home\/ada\/k\.json\./)).toBeTruthy();
    await exportAs(/^JWK/);
    await expect
      .poll(() => engine.inputsOf('keys.export'))
      .toEqual(['json', 'env', 'pem', 'jwk'].map((format) => ({ id: 1, format })));
  });
});
