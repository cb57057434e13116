import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleKeyPair } from '../../testing/samples.ts';
import { KeyEditForm } from './KeyEditForm.tsx';

const show = (answers: Answers = {}) => renderWith(<KeyEditForm pair={sampleKeyPair()} />, { answers });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const save = () => screen.queryByRole('button', { name: 'Save changes' });

describe('name and contact of a key pair', () => {
  it('can be saved or put back once they have changed', async () => {
    const { user, engine } = show({ keys: { update: () => sampleKeyPair() } });
    expect(save()).toBeNull();
    await user.type(field('Name'), ' 2');
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(field('Name').value).toBe('Baker Street News');
    expect(save()).toBeNull();
    await user.type(field('Name'), ' 2{Enter}');
    await expect
      .poll(() => engine.inputsOf('keys.update'))
      .toEqual([{ id: 1, name: 'Baker Street News 2', was: { name: 'Baker Street News' } }]);
  });

  it('stay as they were typed where another window has changed them, and replace that once it was told', async () => {
    const { user, engine, rerender } = show({
      keys: {
        update: ({ was }) =>
          was?.name === 'Renamed'
            ? sampleKeyPair()
            : refuse({
                code: 'changed-elsewhere',
                cause: 'This was changed elsewhere to “Renamed”.',
                cure: 'Save again.',
                field: 'name',
              }),
      },
    });
    await user.type(field('Name'), ' 2');
    rerender(<KeyEditForm pair={sampleKeyPair({ name: 'Renamed' })} />);
    await user.keyboard('{Enter}');
    expect(await screen.findByText(/changed elsewhere to “Renamed”/)).toBeTruthy();
    expect(field('Name').value).toBe('Baker Street News 2');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await expect
      .poll(() => engine.inputsOf('keys.update').at(-1))
      .toEqual({ id: 1, name: 'Baker Street News 2', was: { name: 'Renamed' } });
  });

  it('takes a name in its own direction', () => {
    show();
    expect(field('Name').dir).toBe('auto');
  });

  it('cannot be without a name', async () => {
    const { user, engine } = show();
    await user.clear(field('Name'));
    await user.keyboard('{Enter}');
    expect(screen.getByText('Give it a name, so that you can tell it from others.')).toBeTruthy();
    expect(document.activeElement).toBe(field('Name'));
    expect(engine.inputsOf('keys.update')).toEqual([]);
  });

  it('completes a bare address when it is left, and warns of one that Apple refuses', async () => {
    const { user } = show();
    await user.clear(field('Contact'));
    await user.type(field('Contact'), 'dev@localhost');
    await user.tab();
    expect(field('Contact').value).toBe('mailto:dev@localhost');
    expect(noticeWith('Apple').getAttribute('role')).toBe('note');
  });

  it('judges a contact when it is left, but not one that is still empty', async () => {
    const { user } = show();
    await user.clear(field('Contact'));
    await user.tab();
    expect(field('Contact').getAttribute('aria-invalid')).not.toBe('true');
    await user.type(field('Contact'), 'nobody');
    await user.tab();
    expect(field('Contact').getAttribute('aria-invalid')).toBe('true');
  });

  it.each(['', 'nobody', 'http://bakerstreet.example'])(
    'refuses the contact “%s” at its field',
    async (contact) => {
      const { user, engine } = show();
      await user.clear(field('Contact'));
      if (contact !== '') await user.type(field('Contact'), contact);
      await user.keyboard('{Enter}');
      expect(field('Contact').getAttribute('aria-invalid')).toBe('true');
      expect(engine.inputsOf('keys.update')).toEqual([]);
    },
  );

  it('show what the engine refuses of no field above the buttons, until the next press', async () => {
    const { user, engine } = show({
      keys: { update: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }) },
    });
    await user.type(field('Name'), ' 2{Enter}');
    expect(await screen.findByText('The disk is full.')).toBeTruthy();
    engine.answer({ keys: { update: () => sampleKeyPair() } });
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await expect.poll(() => screen.queryByText('The disk is full.')).toBeNull();
  });
});
