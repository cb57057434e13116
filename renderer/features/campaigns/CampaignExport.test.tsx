import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { fakeWorkspaces } from '../../testing/fake-workspaces.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { campaignId } from '../../testing/samples.ts';
import { CampaignExport } from './CampaignExport.tsx';

function show(
  campaigns: NonNullable<Answers['campaigns']>,
  file: { id: string; path: string } | null = { id: 'f1', path: '/home/ada/a.csv' },
) {
  const app = fakeWorkspaces(
    {},
    {
      'save.open': () => ({ file }),
      'save.write': () => ({ written: true }),
      'save.close': () => ({ kept: true }),
      'save.pdf': () => ({ path: '/home/ada/r.pdf' }),
    },
  );
  const rendered = renderWith(<CampaignExport campaign={{ id: campaignId(7) }} />, {
    workspaces: app.connection,
    answers: { campaigns },
  });
  return {
    ...rendered,
    saved: () => app.calls.filter(({ name }) => name.startsWith('save.')),
    choose: async (name: string) => {
      await rendered.user.click(await screen.findByRole('button', { name: 'Export' }));
      await rendered.user.click(await screen.findByRole('menuitem', { name }));
    },
  };
}

it('writes the pieces one after the other, and says where', async () => {
  const { choose, saved, engine } = show({
    exportDeliveries: ({ cursor = null }) =>
      cursor === null
        ? { text: 'head\r\none\r\n', rows: 1, nextCursor: '5' }
        : { text: 'two\r\n', rows: 1, nextCursor: null },
  });
  await choose('Deliveries as CSV');
  await screen.findByText('Exported 2 rows to /home/ada/a.csv.');
  expect(saved()).toEqual([
    { name: 'save.open', input: { suggestedName: 'campaign-7-deliveries.csv' } },
    { name: 'save.write', input: { id: 'f1', text: 'head\r\none\r\ntwo\r\n' } },
    { name: 'save.close', input: { id: 'f1', keep: true } },
  ]);
  expect(engine.inputsOf('campaigns.exportDeliveries')[0]).toMatchObject({
    id: 7,
    format: 'csv',
    whole: false,
  });
});

it('leaves nothing of a file that could not be written to the end', async () => {
  const { choose, saved } = show({
    exportDeliveries: () => refuse({ code: 'x', cause: 'The campaign is gone.', cure: 'Look again.' }),
  });
  await choose('Deliveries as JSON lines');
  await screen.findByText('The campaign is gone. Look again.');
  expect(saved().at(-1)).toEqual({ name: 'save.close', input: { id: 'f1', keep: false } });
});

it('asks nothing of the engine where the person thought better of it', async () => {
  const { choose, engine, saved } = show({}, null);
  await choose('Deliveries as CSV');
  await expect.poll(() => saved().length).toBe(1);
  expect(engine.inputsOf('campaigns.exportDeliveries')).toEqual([]);
});

it('saves the report that the engine makes', async () => {
  const { choose, saved } = show({ report: () => ({ html: '<p>report</p>' }) });
  await choose('Report as PDF');
  await screen.findByText('Saved the report to /home/ada/r.pdf.');
  expect(saved()).toEqual([
    { name: 'save.pdf', input: { suggestedName: 'campaign-7-report.pdf', html: '<p>report</p>' } },
  ]);
});

it('is not offered where there is nobody to save a file', () => {
  renderWith(<CampaignExport campaign={{ id: campaignId(7) }} />);
  expect(screen.queryByRole('button', { name: 'Export' })).toBeNull();
});
