import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { CampaignReceipts } from '../../../electron/contract/receipts.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { MOMENT, sampleDetail, sampleMessage } from '../../testing/samples.ts';
import { Seen } from './Seen.tsx';

const TOLD: CampaignReceipts = {
  asked: true,
  accepted: 3000,
  canReport: 1000,
  received: 950,
  shown: 900,
  clicked: 90,
  closed: 100,
  clicks: [
    { action: null, count: 60 },
    { action: 'action-2', count: 30 },
  ],
  curve: [
    { from: MOMENT, shown: 500, clicked: 10 },
    { from: MOMENT + 3_600_000, shown: 400, clicked: 80 },
  ],
};

const campaign = sampleDetail({
  createdAt: MOMENT,
  message: sampleMessage({ actions: [{ title: 'Read' }, { title: 'Later' }] }),
});

async function show(change: Partial<CampaignReceipts> = {}) {
  const rendered = renderWith(<Seen campaign={campaign} />, {
    answers: { receipts: { ofCampaign: () => ({ ...TOLD, ...change }) } },
  });
  const section = within(await screen.findByRole('region', { name: 'What people saw' }));
  return { ...rendered, section };
}

it('goes from accepted to clicked, each with its share of those it can be a share of', async () => {
  const { section } = await show();
  const table = await section.findByRole('table', { name: 'From accepted to clicked' });
  const rows = within(table)
    .getAllByRole('row')
    .map((row) => [...row.querySelectorAll('th, td')].map(({ textContent }) => textContent).filter(Boolean));
  expect(rows).toEqual([
    ['Accepted', '3,000', 'by the push services'],
    ['Can report', '1,000', '33.3% of accepted'],
    ['Shown', '900', '90% of those that can report'],
    ['Clicked', '90', '10% of shown'],
  ]);
  expect(section.getByText(/The notification itself/).closest('p')?.textContent).toBe(
    'The notification itself: 60 · Later: 30',
  );
});

it('says how many cannot tell, instead of counting them as zero', async () => {
  const { section } = await show();
  expect(await section.findByText(/2,000 devices can’t report/)).toBeTruthy();
});

it('says how long it took, in words too', async () => {
  const { section } = await show();
  expect((await section.findByRole('img')).getAttribute('aria-label')).toBe(
    'Half of those shown were shown within a minute, 90% within 1 hour 1 minute.',
  );
});

it('says in words alone what was all within a minute', async () => {
  const { section } = await show({ curve: TOLD.curve.slice(0, 1) });
  expect(await section.findByText('90% of those shown were shown within a minute.')).toBeTruthy();
  expect(section.queryByRole('img')).toBeNull();
});

it('has no shares and no bars of nothing, and no curve', async () => {
  const { section } = await show({ accepted: 0, canReport: 0, shown: 0, clicked: 0, clicks: [], curve: [] });
  const table = await section.findByRole('table');
  expect(section.queryByRole('img')).toBeNull();
  expect(table.querySelectorAll('span')).toHaveLength(0);
  expect(document.body.textContent).not.toMatch(/NaN|%/);
});

it('says so where nobody was asked', async () => {
  const { section } = await show({ asked: false });
  expect(await section.findByText(/Receipts were off when it was sent/)).toBeTruthy();
  expect(section.queryByRole('table')).toBeNull();
});

it('changes as devices tell more', async () => {
  const { section, engine } = await show();
  await section.findByText('900');
  engine.answer({ receipts: { ofCampaign: () => ({ ...TOLD, shown: 901 }) } });
  engine.publish('receipts');
  expect(await section.findByText('901')).toBeTruthy();
});
