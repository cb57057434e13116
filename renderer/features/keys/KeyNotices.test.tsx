import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { AppInfo } from '../../../electron/contract/app.ts';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { describePrivateHalf } from '../../../electron/core/keys/private-half.ts';
import { isPressable } from '../../testing/is-pressable.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleKeyPair } from '../../testing/samples.ts';
import { appInfo } from '../../testing/standard-answers.ts';
import { KeyNotices } from './KeyNotices.tsx';

function show(pairs: KeyPair[], info: Partial<AppInfo> = {}) {
  const onImport = vi.fn();
  const rendered = renderWith(<KeyNotices pairs={pairs} onImport={onImport} />, {
    answers: { app: { info: () => ({ ...appInfo, ...info }) } },
  });
  return { ...rendered, onImport };
}

const closed = (id: number, privateHalf: 'locked' | 'missing') =>
  sampleKeyPair({
    id,
    name: `Pair ${id}`,
    canSign: false,
    privateHalf,
    privateHalfProblem: describePrivateHalf(privateHalf, `Pair ${id}`, true),
  });

describe('what is to be known of keys', () => {
  it('is nothing where all can sign, are sealed and have a copy', async () => {
    const { engine } = show([sampleKeyPair()]);
    await expect.poll(() => engine.inputsOf('app.info').length).toBeGreaterThan(0);
    expect(noticeTexts()).toEqual([]);
  });

  it('is which one cannot sign, and how many more', async () => {
    const { user, onImport, rerender } = show([closed(1, 'missing')]);
    expect(noticeWith('The private key of “Pair 1” is not on this computer.').textContent).not.toContain(
      'more',
    );
    await user.click(screen.getByRole('button', { name: 'Import copy' }));
    expect(onImport).toHaveBeenCalledOnce();
    rerender(
      <KeyNotices
        pairs={[closed(1, 'missing'), closed(2, 'missing'), closed(3, 'locked')]}
        onImport={onImport}
      />,
    );
    expect(noticeWith('2 more can’t sign either.')).toBeTruthy();
  });

  it('is that the key ring is locked, and how to unlock it', async () => {
    const { user, engine } = show([closed(1, 'locked')], { keyRing: 'locked' });
    engine.answer({
      keys: { unlock: () => refuse({ code: 'no', cause: 'It did not open.', cure: 'Try again.' }) },
    });
    await user.click(await screen.findByRole('button', { name: 'Unlock key ring' }));
    expect(await screen.findByText('It did not open. Try again.')).toBeTruthy();
  });

  it('cannot be answered twice while the system asks for the password', async () => {
    show([closed(1, 'locked')], { keyRing: 'asking' });
    expect(isPressable(await screen.findByRole('button', { name: 'Unlock key ring' }))).toBe(false);
  });

  it.each([
    ['none', 'No key ring answers on this system'],
    ['ready', 'Some private keys are not sealed by your key ring.'],
  ] as const)('is that they lie in a file, with a key ring that is %s', async (keyRing, cause) => {
    show([sampleKeyPair()], { keyProtection: 'file', keyRing });
    await expect.poll(noticeTexts).toHaveLength(1);
    expect(noticeWith(cause).textContent).toContain(appInfo.keyFile);
  });

  it('is which have no copy; what cannot sign cannot be copied', () => {
    const uncopied = (id: number) => sampleKeyPair({ id, name: `Pair ${id}`, copiedAt: null });
    const { rerender } = show([uncopied(1)]);
    expect(noticeWith('You have no copy of “Pair 1”.')).toBeTruthy();
    rerender(<KeyNotices pairs={[uncopied(1), uncopied(2), uncopied(3)]} onImport={vi.fn()} />);
    expect(noticeWith('You have no copy of “Pair 1” and 2 more.')).toBeTruthy();
    rerender(
      <KeyNotices
        pairs={[{ ...closed(1, 'missing'), inUse: false, copiedAt: null }, sampleKeyPair({ id: 2 })]}
        onImport={vi.fn()}
      />,
    );
    expect(noticeTexts().join()).not.toContain('has no copy');
  });

  it('says in a toast why a copy could not be saved', async () => {
    const { user, engine } = show([sampleKeyPair({ copiedAt: null })]);
    engine.answer({
      keys: { export: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }) },
    });
    await user.click(screen.getByRole('button', { name: 'Save a copy' }));
    expect(await screen.findByText('The disk is full. Make room.')).toBeTruthy();
  });
});
