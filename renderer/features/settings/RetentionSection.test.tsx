import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Problem } from '../../../electron/contract/problem.ts';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { RetentionSection } from './RetentionSection.tsx';

function show(kept: number | null = null, refusal: Problem | null = null) {
  const changes: object[] = [];
  const rendered = renderWith(
    <RetentionSection
      settings={settingsSchema.parse({ keepDeliveriesDays: kept })}
      onChange={(patch, seen) => {
        changes.push({ patch, seen });
        return Promise.resolve(refusal);
      }}
    />,
    {
      answers: {
        campaigns: {
          previewRemoval: ({ days }) =>
            days === 90
              ? { deliveries: 120_000, campaigns: 14, bytes: 48_000_000 }
              : { deliveries: 0, campaigns: 0, bytes: 0 },
        },
      },
    },
  );
  return { ...rendered, changes, field: () => screen.getByRole('textbox', { name: 'Keep deliveries for' }) };
}

it('says what would be removed, and removes nothing before it was confirmed', async () => {
  const { user, changes, field } = show();
  await user.type(field(), '90');
  await screen.findByText('This would remove 120,000 deliveries of 14 campaigns, about 48 MB.');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Remove old deliveries?' }));
  await user.click(dialog.getByRole('button', { name: 'Keep everything' }));
  expect(changes).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove old deliveries' }),
  );
  expect(changes).toEqual([{ patch: { keepDeliveriesDays: 90 }, seen: { keepDeliveriesDays: null } }]);
});

it('keeps everything again without a question, and refuses what is no number of days', async () => {
  const { user, changes, field } = show(30);
  await user.clear(field());
  await user.type(field(), '4000');
  await screen.findByText(/^Enter a number of days from 1 to 3,650/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  await user.clear(field());
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(changes).toEqual([{ patch: { keepDeliveriesDays: null }, seen: { keepDeliveriesDays: 30 } }]);
});

it('says at the field that it was changed elsewhere, and keeps what was typed', async () => {
  const cause = 'This was changed elsewhere to “60” while you were editing it.';
  const { user, field } = show(30, { code: 'changed-elsewhere', cause, cure: 'Save again.' });
  await user.clear(field());
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(`${cause} Press Enter to replace it, or Escape to keep it.`)).toBeTruthy();
  expect((field() as HTMLInputElement).value).toBe('');
  await user.type(field(), '{Escape}');
  expect((field() as HTMLInputElement).value).toBe('30 days');
});
