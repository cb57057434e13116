import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { DraftContent } from '../../../electron/contract/drafts.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { draftAnswers } from '../../testing/draft-answers.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleCampaign, samplePreflight } from '../../testing/samples.ts';
import { ComposeScreen } from './ComposeScreen.tsx';

async function press(draft: Partial<DraftContent>, blockers: Problem[] = [], name = 'Send') {
  const rendered = renderWith(<ComposeScreen />, {
    path: '/compose',
    answers: {
      drafts: draftAnswers(draft),
      campaigns: {
        preflight: () => samplePreflight({ recipients: 2, blockers }),
        checkPictures: () => ({ reachable: [], warnings: [], isOffline: false }),
      },
      subscriptions: { list: () => ({ items: [], nextCursor: null }) },
    },
  });
  await screen.findByRole('textbox', { name: 'Title' });
  await rendered.user.click(screen.getByRole('button', { name }));
  return rendered;
}

const link = async (name: string) => within(await screen.findByRole('alert')).findByRole('button', { name });
const message = { title: 'Hello' };
const when = {
  kind: 'at',
  time: { date: '', time: '09:00', timeZone: 'UTC', perRecipient: false },
  perMinute: '',
  quiet: { isOn: false, from: '22:00', to: '07:00' },
  editing: null,
};

it('tells that another window changed the scheduled campaign that is edited, keeps what is typed, and replaces it then', async () => {
  const cause = 'This was changed elsewhere while you were editing it.';
  const editing = { id: 7, edition: 'as seen' };
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const time = { date: tomorrow, time: '09:00', timeZone: 'UTC', perRecipient: false };
  const { user, engine, path } = renderWith(<ComposeScreen />, {
    path: '/compose',
    answers: {
      drafts: draftAnswers({
        message: { title: 'Mine' },
        audience: { kind: 'everyone' },
        choices: { when: { ...when, time, editing } },
      }),
      campaigns: {
        preflight: () => samplePreflight({ recipients: 1 }),
        checkPictures: () => ({ reachable: [], warnings: [], isOffline: false }),
        changeScheduled: ({ was }) =>
          was === undefined
            ? sampleCampaign({ id: 7 })
            : refuse({ code: 'changed-elsewhere', cause, cure: 'Save again to replace it.' }),
      },
      subscriptions: { list: () => ({ items: [], nextCursor: null }) },
    },
  });
  const save = async () => {
    await user.click(await screen.findByRole('button', { name: 'Save changes' }));
  };
  await save();
  expect((await screen.findByRole('alert')).textContent).toContain(`${cause} Save again to replace it.`);
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' }).value).toBe('Mine');
  await save();
  await expect.poll(path).not.toBe('/compose');
  const [first, second, ...more] = engine.inputsOf('campaigns.changeScheduled');
  expect(first).toMatchObject({ id: 7, message: { title: 'Mine' }, was: { edition: 'as seen' } });
  expect(second).toMatchObject({ id: 7, message: { title: 'Mine' } });
  expect(second).not.toHaveProperty('was');
  expect(more).toEqual([]);
});

describe('what stands against a send', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['Payload format', { format: 'own', ownFormat: '{' }, 'Your format'],
    ['a link of a button', { actions: [{ title: 'Go', url: 'x' }] }, 'Button 1 link'],
    ['UTM', { utm: { source: '{{x}}', medium: '', campaign: '' } }, 'Campaign tracking'],
    [
      'a text of a language',
      { texts: { de: { title: '', body: '', url: 'x', actions: [] } } },
      'URL (German)',
    ],
  ])('leads to its field: %s', async (_name, fields, label) => {
    const { user } = await press({ message: { ...message, ...fields } });
    await user.click(await link(label));
    const focused = () => (document.activeElement as HTMLInputElement | null)?.getAttribute('aria-invalid');
    await expect.poll(focused).toBe('true');
  });

  it('is a value that somebody lacks, until something is changed', async () => {
    const { user } = await press({ message: { title: '{{city}}' } }, [
      {
        code: 'values-missing',
        cause: '2 of 3 recipients have no city.',
        cure: 'Add a fallback.',
        field: 'missingValues',
      },
    ]);
    await user.click(await link('Leave out recipients without a value'));
    const box = screen.getByRole('checkbox', { name: /^Leave out/ });
    expect(document.activeElement).toBe(box);
    expect(screen.getByText('2 of 3 recipients have no city. Add a fallback.')).toBeTruthy();
    await user.click(box);
    await expect.poll(() => screen.queryByRole('alert')).toBeNull();
  });

  it('is a field that is folded, which unfolds', async () => {
    const { user } = await press({ message }, [
      { code: 'expired', cause: 'It is over.', cure: 'Choose a later time.', field: 'ttlSeconds' },
    ]);
    await user.click(await link('TTL'));
    await expect.poll(() => document.activeElement).toBe(screen.getByRole('textbox', { name: 'TTL' }));
  });

  it.each<[string, Partial<DraftContent>, string, () => unknown]>([
    [
      'the time',
      { message, choices: { when } },
      'The date or the time is missing.',
      () => screen.getByLabelText('Date'),
    ],
    [
      'the quiet hours',
      { message, choices: { when: { ...when, kind: 'now', quiet: { isOn: true, from: '', to: '07:00' } } } },
      'The quiet hours are not complete, or begin and end at the same time.',
      () => screen.getByLabelText('Quiet from'),
    ],
    [
      'the recipients',
      { message, audience: null },
      'No recipients chosen.',
      () => screen.getByRole('radio', { name: 'One' }),
    ],
  ])('leads to where it is chosen: %s', async (_name, draft, cause, place) => {
    const { user } = await press(draft, [], draft.choices?.['when'] === when ? 'Schedule' : 'Send');
    await user.click(await link(cause));
    expect(document.activeElement).toBe(place());
  });

  it('goes once the field is right', async () => {
    await press({ message: { ...message, url: 'x' } });
    await link('URL');
    fireEvent.change(screen.getByRole('textbox', { name: 'URL' }), { target: { value: '/news' } });
    await expect.poll(() => screen.queryByRole('alert')).toBeNull();
  });
});
