import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleCampaign, sampleCounts, sampleMessage } from '../../testing/samples.ts';
import { CampaignsScreen } from './CampaignsScreen.tsx';

const show = (items: Campaign[]) =>
  renderWith(<CampaignsScreen />, {
    path: '/campaigns',
    answers: { campaigns: { list: () => ({ items, nextCursor: null }) } },
  });

async function row(at: number) {
  await screen.findByRole('columnheader', { name: 'Recipients' });
  const found = within(screen.getByRole('grid', { name: 'Campaigns' })).getAllByRole('row')[at];
  if (!found) throw new Error(`There is no row ${at}.`);
  return found;
}

describe('the list of campaigns', () => {
  it('says what will be there while nothing was sent, and leads to a new one', async () => {
    const { user, path } = show([]);
    expect(await screen.findByRole('heading', { name: 'Nothing sent yet' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'New campaign' }));
    expect(path()).toBe('/compose/new');
  });

  it('says why it cannot be read, and reads again', async () => {
    const { user, engine } = renderWith(<CampaignsScreen />, {
      answers: {
        campaigns: { list: () => refuse({ code: 'x', cause: 'The file is locked.', cure: 'Close it.' }) },
      },
    });
    await screen.findByText('The file is locked.');
    engine.answer({ campaigns: { list: () => ({ items: [sampleCampaign()], nextCursor: null }) } });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Good morning')).toBeTruthy();
  });

  it('opens one with Enter', async () => {
    const { user, path } = show([sampleCampaign({ id: 9 })]);
    await row(1);
    await user.click(screen.getByRole('grid'));
    await user.keyboard('{ArrowDown}{Enter}');
    expect(path()).toBe('/campaigns/9');
  });

  it('marks tests, and gives the outcome in words as well', async () => {
    show([
      sampleCampaign({ id: 2, kind: 'test', recipients: 1, counts: sampleCounts({ accepted: 1 }) }),
      sampleCampaign({
        id: 1,
        recipients: 1204,
        counts: sampleCounts({ accepted: 1100, failed: 12, queued: 92 }),
        state: 'running',
        isHeld: true,
      }),
    ]);
    expect((await row(1)).textContent).toMatch(/^Good morningTestFinished1/);
    expect((await row(2)).textContent).toMatch(/^Good morningNeeds attention1,100120/);
    expect(
      within(await row(2)).getByRole('img', { name: '1,100 accepted, 12 failed of 1,204' }),
    ).toBeTruthy();
  });

  it('keeps the direction of a title, and writes out what would turn its row round', async () => {
    show([sampleCampaign({ message: { ...sampleMessage(), title: 'صباح \u202Eالخير' } })]);
    const title = within(await row(1)).getByTitle(/صباح/);
    expect(title.dir).toBe('auto');
    expect(title.textContent).toContain('\\u202E');
  });
});
