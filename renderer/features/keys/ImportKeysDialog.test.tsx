import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleKeyPair } from '../../testing/samples.ts';
import { ImportKeysDialog } from './ImportKeysDialog.tsx';

/** The example of RFC 8291 §5: a real private half. */
const PRIVATE_KEY = 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw';

function show(answers: Answers = {}) {
  const onDone = vi.fn();
  const rendered = renderWith(
    <ImportKeysDialog opened suggestedName="My site" onClose={vi.fn()} onDone={onDone} />,
    { answers },
  );
  return { ...rendered, onDone };
}

const keys = () => screen.getByRole('textbox', { name: 'Keys' });
const contact = () => screen.getByRole('textbox', { name: 'Contact' });
const submit = () => within(screen.getByRole('dialog')).getByRole('button', { name: 'Import keys' });

describe('the dialog that imports keys', () => {
  it('says nothing of an empty field before a press, and leads to both fields after it', async () => {
    const { user, engine } = show();
    expect(keys().getAttribute('aria-invalid')).not.toBe('true');
    await user.click(submit());
    expect(document.activeElement).toBe(keys());
    expect(await screen.findByText('Fix 2 fields: Keys, Contact.')).toBeTruthy();
    expect(engine.inputsOf('keys.import')).toEqual([]);
  });

  it('says at once what is wrong with what was pasted, and no longer once it is right', async () => {
    const { user } = show();
    await user.click(keys());
    await user.paste('not a key');
    expect(keys().getAttribute('aria-invalid')).toBe('true');
    await user.clear(keys());
    await user.paste(`Private Key:\n${PRIVATE_KEY}`);
    expect(keys().getAttribute('aria-invalid')).not.toBe('true');
  });

  it('hands over what was pasted, and the pair that came of it', async () => {
    const pair = sampleKeyPair();
    const { user, engine, onDone } = show({ keys: { import: () => pair } });
    await user.click(keys());
    await user.paste(PRIVATE_KEY);
    await user.type(contact(), 'me@bakerstreet.example');
    await user.click(submit());
    await expect.poll(() => onDone.mock.calls.length).toBe(1);
    expect(onDone.mock.calls[0]?.[0]).toEqual(pair);
    expect(engine.inputsOf('keys.import')).toEqual([
      { name: 'My site', subject: 'mailto:me@bakerstreet.example', text: PRIVATE_KEY },
    ]);
  });

  it('shows why the engine does not take it, and goes on from there', async () => {
    const { user, onDone } = show({
      keys: {
        import: () =>
          refuse({ code: 'known', cause: 'This key pair is here already.', cure: 'Open it on Keys.' }),
      },
    });
    await user.click(keys());
    await user.paste(PRIVATE_KEY);
    await user.type(contact(), 'https://bakerstreet.example/contact');
    await user.click(submit());
    const cause = await screen.findByText('This key pair is here already.');
    expect(cause.closest('[role="alert"]')?.textContent).toContain('Open it on Keys.');
    expect(onDone).not.toHaveBeenCalled();
  });
});
