import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { campaignId, samplePreflight } from '../../testing/samples.ts';
import { renderWith } from '../../testing/render-with.tsx';
import type { Timing } from '../../compose-draft/when.ts';
import { SendDialog } from './SendDialog.tsx';

const NOW: Timing = {
  schedule: null,
  messagesPerMinute: null,
  quietHours: null,
  editing: null,
  problem: null,
};
const LATER = { ...NOW, schedule: { at: '2030-01-15T09:00', timeZone: 'UTC' } };

function show(timing: Timing) {
  const onSend = vi.fn();
  const onLeave = vi.fn();
  const preflight = samplePreflight({
    recipients: 4000,
    sentences: [
      '4,000 recipients get it, all at Google (FCM).',
      'A canary of 40 at Google (FCM) goes first.',
    ],
  });
  const { user } = renderWith(
    <SendDialog preflight={preflight} title="Sale" timing={timing} onSend={onSend} onLeave={onLeave} />,
  );
  return { user, onSend, onLeave };
}

it('says all that a send would do, canary included, and asks once', async () => {
  const { user, onSend, onLeave } = show(NOW);
  const dialog = within(await screen.findByRole('dialog', { name: 'Send to 4,000 recipients?' }));
  const plan = within(dialog.getByRole('list', { name: 'What happens' })).getAllByRole('listitem');
  expect(plan.map(({ textContent }) => textContent)).toEqual([
    '4,000 recipients get it, all at Google (FCM).',
    'A canary of 40 at Google (FCM) goes first.',
  ]);
  await user.click(dialog.getByRole('button', { name: 'Keep writing' }));
  expect([onSend.mock.calls.length, onLeave.mock.calls.length]).toEqual([0, 1]);
  await user.click(dialog.getByRole('button', { name: 'Send to 4,000' }));
  expect(onSend).toHaveBeenCalledOnce();
});

it.each([
  [LATER, 'Schedule for 4,000 recipients?', 'Schedule'],
  [{ ...LATER, editing: { id: campaignId(3), edition: 'a' } }, 'Save for 4,000 recipients?', 'Save changes'],
])('is called what it does: %#', async (timing, title, act) => {
  show(timing);
  const dialog = within(await screen.findByRole('dialog', { name: title }));
  expect(dialog.getByRole('button', { name: act })).toBeTruthy();
  expect(dialog.queryByText(/can’t be recalled/)).toBeNull();
});

it.each([
  [{}, 'in 30 hours'],
  // Clocks on Kiritimati show a time fourteen hours before those of UTC do.
  [{ perRecipient: true as const }, 'in 16 hours'],
])('says when the first of all get it: %#', async (more, wait) => {
  const at = new Date(Date.now() + 30 * 3_600_000).toISOString().slice(0, 16);
  show({ ...NOW, schedule: { at, timeZone: 'UTC', ...more } });
  expect((await screen.findByRole('dialog')).textContent).toContain(`“Sale” starts ${wait}.`);
});
