import { screen } from '@testing-library/react';
import { Route } from 'wouter';
import type { Answers } from '../../../testing/fake-engine.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { sampleCounts, sampleDetail } from '../../../testing/samples.ts';
import { CampaignScreen } from '../CampaignScreen.tsx';

export const FULL = { code: 'full', cause: 'The disk is full.', cure: 'Make room.' };
export type Change = Parameters<typeof sampleDetail>[0];

/** A campaign at its address, as the engine has it. */
export function show(change: Change = {}, campaigns: Answers['campaigns'] = {}, path = '/campaigns/1') {
  return renderWith(
    <Route path="/campaigns/:id/:delivery?">
      <CampaignScreen />
    </Route>,
    {
      path,
      answers: {
        campaigns: {
          get: ({ id }) => sampleDetail({ id, ...change }),
          deliveries: () => ({ items: [], nextCursor: null }),
          ...campaigns,
        },
      },
    },
  );
}

export const running: Change = {
  state: 'running',
  finishedAt: null,
  recipients: 100,
  counts: sampleCounts({ accepted: 40, queued: 60 }),
};
export const button = (name: string) => screen.queryByRole<HTMLButtonElement>('button', { name });
export const press = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });
export const part = (name: string) => screen.findByRole('tab', { name });
