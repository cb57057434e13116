import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { CampaignId } from '../../../electron/contract/ids.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { WorkerShares } from './WorkerShares.tsx';

const show = (shares: { worker: string | null; count: number }[]) =>
  renderWith(<WorkerShares id={7 as CampaignId} />, { answers: { workers: { shares: () => shares } } });

it('says which share went through which worker, and which through this engine', async () => {
  const { engine } = show([
    { worker: 'North', count: 7500 },
    { worker: null, count: 2500 },
  ]);
  const rows = within(await screen.findByRole('table', { name: 'Messages by worker' })).getAllByRole('row');
  expect(rows.slice(1).map((row) => row.textContent)).toEqual(['North7,50075%', 'This engine2,50025%']);
  expect(engine.inputsOf('workers.shares')).toEqual([{ id: 7 }]);
});

it('shows nothing of a campaign that no worker had a part in', async () => {
  const { engine } = show([{ worker: null, count: 2500 }]);
  await expect.poll(() => engine.inputsOf('workers.shares').length).toBe(1);
  expect(screen.queryByRole('table')).toBeNull();
});
