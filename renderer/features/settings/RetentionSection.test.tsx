import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { RetentionSection } from './RetentionSection.tsx';

function show(kept: number | null = null) {
  const changes: object[] = [];
  const rendered = renderWith(
    <RetentionSection
      settings={settingsSchema.parse({ keepDeliveriesDays: kept })}
      onChange={(patch) => changes.push(patch)}
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
  expect(changes).toEqual([{ keepDeliveriesDays: 90 }]);
});

it('keeps everything again without a question, and refuses what is no number of days', async () => {
  const { user, changes, field } = show(30);
  await user.clear(field());
  await user.type(field(), '4000');
  await screen.findByText(/^Enter a number of days from 1 to 3,650/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  await user.clear(field());
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(changes).toEqual([{ keepDeliveriesDays: null }]);
});
