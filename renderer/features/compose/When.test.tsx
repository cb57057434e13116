import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Route } from 'wouter';
import { draftAnswers } from '../../testing/draft-answers.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleCampaign, samplePreflight } from '../../testing/samples.ts';
import { ComposeScreen } from './ComposeScreen.tsx';

const year = new Date().getFullYear() + 1;

async function show() {
  const rendered = renderWith(
    <Route path="/compose/:act?">
      <ComposeScreen />
    </Route>,
    {
      path: '/compose',
      answers: {
        drafts: draftAnswers({ message: { title: 'Good morning' } }),
        campaigns: {
          preflight: () => samplePreflight({ recipients: 12 }),
          start: () => sampleCampaign({ state: 'scheduled' }),
        },
        subscriptions: { list: () => ({ items: [], nextCursor: null }) },
      },
    },
  );
  await screen.findByRole('textbox', { name: 'Title' });
  await rendered.user.click(screen.getByRole('radio', { name: 'At a set time' }));
  return rendered;
}

const fill = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const button = (name: string) => screen.getByRole('button', { name });

it('schedules at a time in a zone, and says so before', async () => {
  const { user, engine } = await show();
  fill('Date', `${year}-02-28`);
  fill('Time', '09:30');
  await user.click(button('Schedule'));
  const dialog = await screen.findByRole('dialog', { name: 'Schedule for 12 recipients?' });
  expect(dialog.textContent).toMatch(/“Good morning” starts in \d+ days\./);
  // The words for it come from there.
  expect(engine.inputsOf('campaigns.preflight').at(-1)).toMatchObject({
    schedule: { at: `${year}-02-28T09:30` },
  });
  expect(engine.inputsOf('campaigns.start')).toEqual([]);
  const [, confirm] = screen.getAllByRole('button', { name: 'Schedule', hidden: true });
  if (confirm !== undefined) await user.click(confirm);
  await expect
    .poll(() => engine.inputsOf('campaigns.start'))
    .toMatchObject([{ schedule: { at: `${year}-02-28T09:30` } }]);
});

it('sends nothing for a time that is over or missing, and says why', async () => {
  const { user, engine } = await show();
  fill('Date', '2020-01-01');
  expect(screen.getByText(/The start time has already passed/)).toBeTruthy();
  await user.click(button('Schedule'));
  fill('Date', '');
  expect(screen.getByText('Choose a date and a time.')).toBeTruthy();
  await user.click(button('Schedule'));
  expect(engine.inputsOf('campaigns.start')).toEqual([]);
  expect(JSON.stringify(engine.inputsOf('campaigns.preflight'))).not.toContain('2020');
});

it('is kept with its draft, so that what waits is not sent at once', async () => {
  const { user, engine } = await show();
  fill('Date', `${year}-02-28`);
  await expect
    .poll(() => engine.inputsOf('drafts.save').at(-1))
    .toMatchObject({ choices: { when: { kind: 'at', time: { date: `${year}-02-28` } } } });
  await user.click(button('New'));
  await screen.findByRole('button', { name: 'Send' });
});
