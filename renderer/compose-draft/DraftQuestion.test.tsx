import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { EMPTY_FIELDS } from './composition.ts';
import { DraftQuestion } from './DraftQuestion.tsx';

it.each([
  [
    { title: 'Good morning', body: 'News' },
    'Compose holds the draft “Good morning”, which has not been sent.',
  ],
  [{ title: ' ', body: 'News' }, 'Compose holds the draft “News”, which has not been sent.'],
  [{ url: '/news' }, 'Compose holds a draft, which has not been sent.'],
  [{ title: '\u202Eevil' }, 'Compose holds the draft “\\u202Eevil”, which has not been sent.'],
])('a draft in the way is named by what was written: %o', async (fields, words) => {
  renderWith(<DraftQuestion draft={{ ...EMPTY_FIELDS, ...fields }} onReplace={vi.fn()} onKeep={vi.fn()} />);
  const dialog = await screen.findByRole('dialog', { name: 'Replace your draft?' });
  expect(dialog.textContent).toContain(words);
  // It cannot be undone, so that Enter keeps it.
  await expect.poll(() => document.activeElement?.textContent).toBe('Keep draft');
});
