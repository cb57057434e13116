import { screen, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Link } from 'wouter';
import { describePrivateHalf } from '../../../electron/core/keys/private-half.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleKeyPair } from '../../testing/samples.ts';
import { KeysScreen } from './KeysScreen.tsx';

const show = (answers: Answers) => renderWith(<KeysScreen />, { answers });
const rows = () =>
  within(screen.getByRole('grid', { name: 'Key pairs' }))
    .getAllByRole('row')
    .slice(1)
    .map(({ textContent }) => textContent);

describe('the screen of keys', () => {
  it('says what keys are for while there are none', async () => {
    show({ keys: { list: () => [] } });
    expect(await screen.findByRole('heading', { name: 'No keys yet' })).toBeTruthy();
  });

  it('says why they cannot be read, and reads again', async () => {
    const { user, engine } = show({
      keys: { list: () => refuse({ code: 'locked', cause: 'The file is locked.', cure: 'Close it.' }) },
    });
    await screen.findByText('The file is locked.');
    engine.answer({ keys: { list: () => [sampleKeyPair()] } });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('grid', { name: 'Key pairs' })).toBeTruthy();
  });

  it('tells which is in use, which is closed and why, and how many of how many can be reached', async () => {
    show({
      keys: {
        list: () => [
          sampleKeyPair({ subscriptions: { active: 1204, total: 1388 } }),
          sampleKeyPair({
            id: 2,
            name: 'متجر قديم',
            inUse: false,
            canSign: false,
            privateHalf: 'sealed-elsewhere',
            privateHalfProblem: describePrivateHalf('sealed-elsewhere', 'Old', true),
          }),
        ],
      },
    });
    await screen.findByRole('grid', { name: 'Key pairs' });
    await expect.poll(() => rows()[0]).toMatch(/Baker Street News.*In use.*1,204 of 1,388/);
    expect(rows()[1]).toMatch(/متجر قديم.*Sealed elsewhere/);
    expect(rows()[1]).not.toContain('In use');
    expect(screen.getByTitle('متجر قديم').dir).toBe('auto');
  });

  it('warns in its row of a contact that Apple would reject', async () => {
    const subjectWarning = { code: 'local', cause: 'It ends in @localhost.', cure: 'Use another.' };
    show({ keys: { list: () => [sampleKeyPair({ subjectWarning })] } });
    expect(await screen.findByLabelText('Apple would reject this contact')).toBeTruthy();
  });

  it('proposes a name that is free, and opens what was made', async () => {
    const made = sampleKeyPair({ id: 2, name: 'My site 2', inUse: false });
    const { user, engine } = show({
      keys: { list: () => [sampleKeyPair({ name: 'My site' })], generate: () => made },
    });
    await screen.findByRole('grid');
    await user.click(screen.getByRole('button', { name: 'Generate keys' }));
    const dialog = await screen.findByRole('dialog', { name: 'Generate keys' });
    expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('My site 2');
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Contact' }),
      'me@bakerstreet.example{Enter}',
    );
    await screen.findByRole('dialog', { name: 'Save a copy' });
    engine.answer({ keys: { list: () => [sampleKeyPair({ name: 'My site' }), made] } });
    engine.publish('keys');
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    expect(await screen.findByRole('dialog', { name: 'My site 2' })).toBeTruthy();
  });

  it('begins with the dialog where the way here asked for it, once', async () => {
    history.replaceState({ ask: 'generate' }, '');
    onTestFinished(() => {
      history.replaceState(null, '');
    });
    show({ keys: { list: () => [] } });
    expect(await screen.findByRole('dialog', { name: 'Generate keys' })).toBeTruthy();
    expect(history.state).toBeNull();
  });
});

describe('edits in the panel', () => {
  const two = [sampleKeyPair({ name: 'Shop' }), sampleKeyPair({ id: 2, name: 'News', inUse: false })];
  const panel = (name: string) => screen.queryByRole('dialog', { name });
  const question = () => screen.queryByRole('group', { name: 'Discard your changes?' });

  async function edited() {
    const shown = show({ keys: { list: () => two } });
    await shown.user.click(await screen.findByText('Shop'));
    await shown.user.type(screen.getByRole('textbox', { name: 'Name' }), ' 2');
    await shown.user.click(screen.getByText('News'));
    return shown;
  }

  it('stay where another row is opened and the person keeps them', async () => {
    const { user } = await edited();
    expect(question()).not.toBeNull();
    expect(panel('News')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    expect(question()).toBeNull();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Shop 2');
  });

  it('are discarded by a yes, which opens the row that was wanted', async () => {
    const { user } = await edited();
    await user.click(within(question() ?? document.body).getByRole('button', { name: 'Discard' }));
    expect(panel('News')).not.toBeNull();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('News');
    await user.click(screen.getByText('Shop'));
    expect(panel('Shop')).not.toBeNull();
    expect(question()).toBeNull();
  });

  it('are not lost by a link to another screen before a yes', async () => {
    const { user, path } = renderWith(
      <>
        <Link href="/server">Server</Link>
        <KeysScreen />
      </>,
      { answers: { keys: { list: () => two } }, path: '/keys' },
    );
    await user.click(await screen.findByText('Shop'));
    await user.type(screen.getByRole('textbox', { name: 'Name' }), ' 2');
    await user.click(screen.getByRole('link', { name: 'Server' }));
    expect(path()).toBe('/keys');
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Shop 2');
    await user.click(screen.getByRole('link', { name: 'Server' }));
    await user.click(within(question() ?? document.body).getByRole('button', { name: 'Discard' }));
    expect(path()).toBe('/server');
  });

  it('let a link lead away at once where nothing was changed', async () => {
    const { user, path } = renderWith(
      <>
        <Link href="/server">Server</Link>
        <KeysScreen />
      </>,
      { answers: { keys: { list: () => two } }, path: '/keys' },
    );
    await user.click(await screen.findByText('Shop'));
    await user.click(screen.getByRole('link', { name: 'Server' }));
    expect(path()).toBe('/server');
  });

  it('are only closed where the question was taken back and the panel is closed afterwards', async () => {
    const { user } = await edited();
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await user.click(within(question() ?? document.body).getByRole('button', { name: 'Discard' }));
    expect(panel('Shop')).toBeNull();
    expect(panel('News')).toBeNull();
  });
});
