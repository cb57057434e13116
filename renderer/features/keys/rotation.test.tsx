import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../testing/fake-engine.ts';
import { MOMENT, sampleKeyPair, sampleRotation } from '../../testing/samples.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { KeysScreen } from './KeysScreen.tsx';

const site = sampleKeyPair({ name: 'My site', subscriptions: { active: 1834, total: 2000 } });
const show = (answers: Answers) => renderWith(<KeysScreen />, { answers });
const note = (text: RegExp) => screen.findByText(text).then((found) => found.closest('.pd-notice'));

describe('replacing a key', () => {
  it('makes a pair, asks for a copy of it, and only then puts it in use', async () => {
    const used: number[] = [];
    const made = sampleKeyPair({ id: 2, name: 'My site 2', inUse: false, copiedAt: null });
    const { user } = show({
      keys: {
        list: () => [site],
        generate: ({ subject }) => ({ ...made, subject }),
        export: () => ({ path: '/home/me/keys.json' }),
        use: ({ id }) => {
          used.push(id);
          return made;
        },
      },
    });
    await user.click(await screen.findByText('My site'));
    await user.click(screen.getByRole('button', { name: 'Replace key…' }));
    const first = await screen.findByRole('dialog', { name: 'Replace “My site”' });
    // The contact stays; the name is a free one.
    expect(within(first).getByRole<HTMLInputElement>('textbox', { name: 'Contact' }).value).toBe(
      site.subject,
    );
    expect(within(first).queryByRole('radio')).toBeNull();
    await user.click(within(first).getByRole('button', { name: 'Next' }));
    const second = await screen.findByRole('dialog', { name: 'Replace with “My site 2”' });
    expect(second.textContent).toMatch(/Save a copy of “My site 2” first.*1,834 subscriptions of “My site”/);
    expect(used).toEqual([]);
    await user.click(within(second).getByRole('button', { name: 'Save a copy' }));
    await expect.poll(() => within(second).queryByRole('button', { name: 'Save a copy' })).toBeNull();
    await user.click(within(second).getByRole('button', { name: 'Replace key' }));
    await expect.poll(() => used).toEqual([made.id]);
    await expect.poll(() => screen.queryByRole('dialog', { name: /Replace/ })).toBeNull();
  });

  it('takes a pair that is here, and says what the engine refuses', async () => {
    const other = sampleKeyPair({ id: 2, name: 'Imported', inUse: false });
    const closed = sampleKeyPair({ id: 3, name: 'Sealed', inUse: false, canSign: false });
    const { user } = show({ keys: { list: () => [site, other, closed] } });
    await user.click(await screen.findByText('My site'));
    await user.click(screen.getByRole('button', { name: 'Replace key…' }));
    await user.click(await screen.findByRole('radio', { name: 'A key pair that you already have' }));
    await user.click(screen.getByRole('combobox', { name: 'Key pair' }));
    expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual([
      'Imported',
    ]);
    await user.click(screen.getByRole('option', { name: 'Imported' }));
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByRole('dialog', { name: 'Replace with “Imported”' })).toBeTruthy();
  });
});

describe('a key that is being replaced', () => {
  it('says how many have moved, how many are left and when those were last there', async () => {
    show({ keys: { list: () => [site], rotations: () => [sampleRotation()] } });
    const notice = await note(/1,204 of 1,834 subscriptions moved, 600 left/);
    expect(notice?.textContent).toMatch(
      /210 visited in the last 7 days, 100 in the last 30 days, 290 longer/,
    );
    expect(
      within(notice as HTMLElement)
        .getByRole('img')
        .getAttribute('aria-label'),
    ).toBe('1,204 moved, 30 no longer subscribed of 1,834');
  });

  it('can be gone back to', async () => {
    const used: number[] = [];
    const { user } = show({
      keys: {
        list: () => [site],
        rotations: () => [sampleRotation()],
        use: ({ id }) => {
          used.push(id);
          return site;
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Go back' }));
    const question = await screen.findByRole('dialog', { name: 'Go back to “Old site”?' });
    expect(question.textContent).toContain(
      'You can still send to the 1,204 subscriptions with “Baker Street News”',
    );
    await user.click(within(question).getByRole('button', { name: 'Go back' }));
    await expect.poll(() => used).toEqual([2]);
  });

  it('tells of its end for a week, and shows each day in the panel of the old key', async () => {
    const finished = { state: 'finished', left: 0, moved: 1804, endedAt: Date.now() - 1000 } as const;
    const old = sampleKeyPair({
      id: 2,
      name: 'Old site',
      inUse: false,
      publicKey: sampleRotation().from.publicKey,
    });
    const { user, engine } = show({
      keys: { list: () => [site, old], rotations: () => [sampleRotation(finished)] },
    });
    expect((await note(/was replaced with/))?.textContent).toContain('1,804 subscriptions moved');
    await user.click(screen.getByTitle('Old site'));
    expect(await screen.findByRole('heading', { name: /Replacing with “Baker Street News”/ })).toBeTruthy();
    engine.answer({
      keys: { list: () => [site, old], rotations: () => [sampleRotation({ ...finished, endedAt: MOMENT })] },
    });
    engine.publish('keys');
    await expect.poll(() => screen.queryByText(/was replaced with/)).toBeNull();
  });
});
