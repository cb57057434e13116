import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { draftAnswers } from '../../testing/draft-answers.ts';
import { renderWith } from '../../testing/render-with.tsx';
import {
  sampleCampaign,
  sampleCounts,
  sampleDelivery,
  sampleDetail,
  samplePreflight,
} from '../../testing/samples.ts';
import { ComposeScreen } from './ComposeScreen.tsx';

async function show(campaigns: Answers['campaigns'], title = 'Good morning') {
  const rendered = renderWith(<ComposeScreen />, {
    path: '/compose',
    answers: {
      drafts: draftAnswers({ message: { title } }),
      campaigns: {
        preflight: () => samplePreflight(),
        ...campaigns,
      },
      subscriptions: { list: () => ({ items: [], nextCursor: null }) },
    },
  });
  await screen.findByRole('textbox', { name: 'Title' });
  return rendered;
}

it('sends a test to the test group, and says what came of it without leaving Compose', async () => {
  const counts = sampleCounts({ accepted: 1, failed: 1 });
  const { user, engine, path } = await show({
    start: () => sampleCampaign({ id: 9, kind: 'test' }),
    get: ({ id }) => sampleDetail({ id, recipients: 2, counts, seen: { shown: 1, clicked: 0 } }),
    deliveries: () => ({
      items: [
        sampleDelivery({ id: 1, label: 'My laptop' }),
        sampleDelivery({ id: 2, label: 'My phone', state: 'failed', diagnosis: null }),
      ],
      nextCursor: null,
    }),
  });
  await user.click(screen.getByRole('button', { name: 'Send test' }));
  expect(await screen.findByText('Test to 2 browsers in your test group: 1 accepted, 1 shown.')).toBeTruthy();
  expect(screen.getByText('My laptop: accepted · My phone: failed')).toBeTruthy();
  expect(engine.inputsOf('campaigns.start')).toMatchObject([
    { test: true, audience: { kind: 'matching', anyOf: [{ kind: 'tag', tag: 'test group' }] } },
  ]);
  expect(path()).toBe('/compose');
  expect(engine.inputsOf('drafts.remove')).toEqual([]);
});

it('says how to fill the test group where it is empty', async () => {
  const { user } = await show({
    start: () => refuse({ code: 'nobody-to-send-to', cause: 'Nobody.', cure: 'Subscribe.' }),
  });
  await user.click(screen.getByRole('button', { name: 'Send test' }));
  await expect.poll(() => noticeTexts().join(' ')).toContain('Your test group is empty.');
  expect(noticeTexts().join(' ')).toContain('In my test group');
});

it('sends nothing while a field is wrong', async () => {
  const { user, engine } = await show({}, '');
  await user.click(screen.getByRole('button', { name: 'Send test' }));
  expect(engine.inputsOf('campaigns.start')).toEqual([]);
});
