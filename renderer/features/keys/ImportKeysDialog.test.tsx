import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { KeyTextReading } from '../../../electron/contract/keys.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleKeyPair } from '../../testing/samples.ts';
import { ImportKeysDialog } from './ImportKeysDialog.tsx';

/** The example of RFC 8291 §5: a real private half. */
const PRIVATE_KEY = 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw';

const PUBLIC_KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';
const OTHER_KEY = 'BDQFN_RHCkZPzS8AmDGzJYLDYgbPXDXBYjDdTW1KzAaP_ImbJMCl0ORvIj5KSmUEOcweoknGargAzSoF69xZhhA';

const found = (...publicKeys: string[]): KeyTextReading => ({
  pairs: publicKeys.map((publicKey, at) => ({
    publicKey,
    isProven: true,
    mended: [],
    line: at + 1,
    known: null,
  })),
  remarks: [],
  subject: null,
  problem: null,
});
const nothing: KeyTextReading = {
  pairs: [],
  remarks: [],
  subject: null,
  problem: {
    code: 'key-text-foreign',
    cause: 'This text has a certificate.',
    cure: 'Paste the key.',
    field: 'text',
  },
};

function show(answers: Answers['keys'] = {}) {
  const onDone = vi.fn();
  const rendered = renderWith(
    <ImportKeysDialog opened suggestedName="My site" onClose={vi.fn()} onDone={onDone} />,
    {
      answers: {
        keys: {
          read: ({ text }) => (text.includes('certificate') ? nothing : found(PUBLIC_KEY)),
          ...answers,
        },
      },
    },
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

  it('says what a text holds instead, and no longer once it is right', async () => {
    const { user } = show();
    await user.click(keys());
    await user.paste('a certificate');
    expect(await screen.findByText('This text has a certificate. Paste the key.')).toBeTruthy();
    expect(keys().getAttribute('aria-invalid')).toBe('true');
    await user.clear(keys());
    await user.paste(`Private Key:\n${PRIVATE_KEY}`);
    expect(await screen.findByText(/^Found a key pair/)).toBeTruthy();
    expect(keys().getAttribute('aria-invalid')).not.toBe('true');
  });

  it('shows what was found and mended, and takes over the contact, unless there is one', async () => {
    const mended = ['The private key had lost a zero byte.'];
    const { user } = show({
      read: ({ text }) => ({
        ...found(PUBLIC_KEY),
        pairs: [{ publicKey: PUBLIC_KEY, isProven: false, mended, line: 1, known: null }],
        remarks: ['Curly quotes were read as plain quotes.'],
        subject: `mailto:${text}@bakery.net`,
      }),
    });
    await user.click(keys());
    await user.paste('first');
    expect(await screen.findByText(/Public key derived/)).toBeTruthy();
    expect(screen.getByText(mended[0] ?? '')).toBeTruthy();
    expect(screen.getByText('Curly quotes were read as plain quotes.')).toBeTruthy();
    await expect.poll(() => (contact() as HTMLInputElement).value).toBe('mailto:first@bakery.net');
    await user.clear(keys());
    await user.click(keys());
    await user.paste('second');
    await screen.findByText(/Public key derived/);
    expect((contact() as HTMLInputElement).value).toBe('mailto:first@bakery.net');
  });

  it('lets the person choose among several, and imports none that was not chosen', async () => {
    const pair = sampleKeyPair();
    const { user, engine, onDone } = show({ read: () => found(PUBLIC_KEY, OTHER_KEY), import: () => pair });
    await user.click(keys());
    await user.paste('two pairs');
    expect(await screen.findByText('Found 2 key pairs. Choose which to import.')).toBeTruthy();
    await user.type(contact(), 'me@bakery.net');
    await user.click(submit());
    expect(await screen.findByText('Choose at least one.')).toBeTruthy();
    expect(engine.inputsOf('keys.import')).toEqual([]);
    for (const box of screen.getAllByRole('checkbox')) await user.click(box);
    await user.click(submit());
    await expect.poll(() => onDone.mock.calls.length).toBe(1);
    const values = { name: 'My site', subject: 'mailto:me@bakery.net', text: 'two pairs' };
    expect(engine.inputsOf('keys.import')).toEqual([
      { ...values, publicKey: PUBLIC_KEY },
      { ...values, publicKey: OTHER_KEY },
    ]);
  });

  it('opens a file, of text or of bytes', async () => {
    const { user, engine } = show();
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    if (input === null) throw new Error('There is no way to open a file.');
    await user.upload(input, new File([new Uint8Array([0x30, 0x81, 0xff, 0xfe])], 'key.der'));
    await expect.poll(() => engine.inputsOf('keys.read')).toContainEqual({ text: 'MIH//g==' });
    await user.upload(input, new File(['a certificate'], 'cert.pem'));
    expect(await screen.findByText('This text has a certificate. Paste the key.')).toBeTruthy();
  });

  it('does not ask of a text that is too long', async () => {
    const { user, engine } = show();
    await user.click(keys());
    await user.paste('x'.repeat(100_001));
    expect(await screen.findByText(/too long/)).toBeTruthy();
    expect(engine.inputsOf('keys.read')).toEqual([]);
  });

  it('hands over what was pasted, and the pair that came of it', async () => {
    const pair = sampleKeyPair();
    const { user, engine, onDone } = show({ import: () => pair });
    await user.click(keys());
    await user.paste(PRIVATE_KEY);
    await screen.findByText(/^Found a key pair/);
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
      import: () =>
        refuse({ code: 'known', cause: 'This key pair is here already.', cure: 'Open it on Keys.' }),
    });
    await user.click(keys());
    await user.paste(PRIVATE_KEY);
    await screen.findByText(/^Found a key pair/);
    await user.type(contact(), 'https://bakerstreet.example/contact');
    await user.click(submit());
    const cause = await screen.findByText('This key pair is here already.');
    expect(cause.closest('[role="alert"]')?.textContent).toContain('Open it on Keys.');
    expect(onDone).not.toHaveBeenCalled();
  });
});
