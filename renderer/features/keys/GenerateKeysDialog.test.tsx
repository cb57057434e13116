import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleKeyPair } from '../../testing/samples.ts';
import { GenerateKeysDialog } from './GenerateKeysDialog.tsx';

function show(answers: Answers = {}, pairs = [sampleKeyPair()]) {
  const onClose = vi.fn();
  const onDone = vi.fn();
  const rendered = renderWith(
    <GenerateKeysDialog opened suggestedName="My site" pairs={pairs} onClose={onClose} onDone={onDone} />,
    { answers },
  );
  return { ...rendered, onClose, onDone };
}

const contact = () => screen.getByRole('textbox', { name: 'Contact' });
const generate = () => screen.getByRole('button', { name: 'Generate keys' });

describe('the dialog that generates keys', () => {
  it('asks nothing of the engine without a contact, and puts the person there', async () => {
    const { user, engine } = show();
    await user.click(generate());
    expect(contact()).toBe(document.activeElement);
    expect(contact().getAttribute('aria-invalid')).toBe('true');
    expect(await screen.findByText('Fix 1 field: Contact.')).toBeTruthy();
    expect(engine.inputsOf('keys.generate')).toEqual([]);
  });

  it('completes a bare email address, then offers a copy of the pair', async () => {
    const made = sampleKeyPair({ name: 'My site' });
    const { user, engine, onDone } = show({
      keys: { generate: () => made, export: () => ({ path: '/k.json' }) },
    });
    await user.type(contact(), 'me@bakerstreet.example{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Save a copy' });
    expect(engine.inputsOf('keys.generate')).toEqual([
      { name: 'My site', subject: 'mailto:me@bakerstreet.example' },
    ]);
    await user.click(within(dialog).getByRole('button', { name: 'Save a copy' }));
    expect(await screen.findByText(/^Saved to \/k\.json\./)).toBeTruthy();
    expect(onDone).toHaveBeenCalledExactlyOnceWith(made);
  });

  it('stays where no file was picked', async () => {
    const { user, engine, onDone } = show({
      keys: { generate: () => sampleKeyPair(), export: () => ({ path: null }) },
    });
    await user.type(contact(), 'me@bakerstreet.example{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Save a copy' }));
    await expect.poll(() => engine.inputsOf('keys.export').length).toBe(1);
    expect(screen.getByRole('dialog', { name: 'Save a copy' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    expect(onDone).toHaveBeenCalledOnce();
  });

  it('shows what the engine refuses at the field that it names', async () => {
    const { user } = show({
      keys: {
        generate: () =>
          refuse({ code: 'name-taken', cause: 'It is taken.', cure: 'Choose another.', field: 'name' }),
      },
    });
    await user.type(contact(), 'me@bakerstreet.example{Enter}');
    const name = screen.getByRole('textbox', { name: 'Name' });
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('It is taken. Choose another.')).toBeTruthy();
    await expect.poll(() => document.activeElement).toBe(name);
  });

  it('shows any other refusal at its foot, and can be pressed again', async () => {
    let isFull = true;
    const { user } = show({
      keys: {
        generate: () =>
          isFull
            ? refuse({ code: 'disk-full', cause: 'The disk is full.', cure: 'Make room.' })
            : sampleKeyPair(),
      },
    });
    await user.type(contact(), 'me@bakerstreet.example{Enter}');
    const alert = await screen.findByText('The disk is full.');
    expect(alert.closest('[role="alert"]')?.textContent).toContain('Make room.');
    isFull = false;
    await user.click(generate());
    expect(await screen.findByRole('dialog', { name: 'Save a copy' })).toBeTruthy();
  });

  it('asks before it throws away what was typed', async () => {
    const { user, onClose } = show();
    await user.type(contact(), 'me');
    await user.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    const question = screen.getByRole('group', { name: 'Discard what you typed?' });
    await user.click(within(question).getByRole('button', { name: 'Keep editing' }));
    expect(document.activeElement).toBe(contact());
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});
