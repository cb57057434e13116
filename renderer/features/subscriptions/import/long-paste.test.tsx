import { createEvent, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importStreamIdSchema } from '../../../../electron/contract/import-stream.ts';
import type { Answers } from '../../../testing/fake-engine.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { importPreview } from './testing/import-preview.ts';

const found = importPreview({ newCount: 3 });

/** A jsdom file cannot be read in pieces. */
class ReadableFile extends File {
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(parts: string[], name: string) {
    super(parts, name);
    this.#bytes = new TextEncoder().encode(parts.join(''));
  }

  override stream() {
    return new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        controller.enqueue(this.#bytes);
        controller.close();
      },
    });
  }
}

beforeEach(() => {
  vi.stubGlobal('File', ReadableFile);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function show() {
  const pieces: string[] = [];
  const answers: Answers = {
    keys: { list: () => [] },
    subscriptions: {
      previewImport: () => found,
      importStream: {
        open: () => ({ id: importStreamIdSchema.parse('5f2c2c3e-7a3a-4b0e-9d5b-0d7c2f1b6a11') }),
        write({ piece }) {
          pieces.push(piece);
          return { goodCount: 0, badCount: 0 };
        },
        finish: () => ({ purpose: 'preview', preview: found }),
      },
    },
  };
  return { ...renderWith(<ImportDialog opened onClose={vi.fn()} />, { answers }), pieces };
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Subscriptions' });

/** @returns whether the browser would insert it into the field */
const paste = (text: string) => {
  const event = createEvent.paste(field(), { clipboardData: { getData: () => text } });
  fireEvent(field(), event);
  return !event.defaultPrevented;
};

describe('what is pasted into the import', () => {
  it('is treated as a file where it is long: never put into the field, of any length, nothing of it cut', async () => {
    const { user, engine, pieces } = show();
    await user.type(field(), 'first ');
    const long = `${'x'.repeat(30_000_000)} last`;
    expect(paste(long)).toBe(false);
    expect(await screen.findByText('Pasted text')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Import 3 subscriptions' })).toBeTruthy();
    expect(pieces.join('') === `first ${long}`).toBe(true);
    expect(
      engine.inputsOf('subscriptions.previewImport').every((input) => JSON.stringify(input).length < 100),
    ).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    expect(field().value).toBe('');
  });

  it('goes into the field where it is short', () => {
    show();
    expect(paste('{"endpoint":"https://push.example/1"}')).toBe(true);
    expect(screen.queryByText('Pasted text')).toBeNull();
  });
});
