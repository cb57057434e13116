import { screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { SubscriptionFilter } from '../../electron/contract/subscriptions.ts';
import { renderWith } from '../testing/render-with.tsx';
import { sampleCampaign, sampleDetail, sampleKeyPair, sampleMessage } from '../testing/samples.ts';
import { EMPTY_FILTER } from './filter.ts';
import { FilterChips } from './FilterChips.tsx';

const asked = vi.fn<(filter: SubscriptionFilter) => void>();
const last = () => asked.mock.lastCall?.[0];

function Chips({ initial }: { initial: Partial<SubscriptionFilter> }) {
  const [filter, setFilter] = useState({ ...EMPTY_FILTER, ...initial });
  return (
    <FilterChips
      filter={filter}
      onChange={(next) => {
        asked(next);
        setFilter(next);
      }}
    />
  );
}

function show(initial: Partial<SubscriptionFilter> = {}) {
  asked.mockReset();
  return renderWith(<Chips initial={initial} />, {
    answers: {
      keys: { list: () => [sampleKeyPair()] },
      campaigns: {
        get: ({ id }) => sampleDetail({ id, message: sampleMessage({ title: TITLES[id] ?? '' }) }),
        list: ({ search = '' }) => ({
          items: [4, 5]
            .filter((id) => TITLES[id]?.includes(search))
            .map((id) => sampleCampaign({ id, message: sampleMessage({ title: TITLES[id] }) })),
          nextCursor: null,
        }),
      },
      audience: {
        tags: { list: () => ({ items: [{ name: 'news', count: 1204 }] }) },
        attributes: {
          list: () => ({ items: [{ name: 'plan', count: 3, values: [], hasMoreValues: false }] }),
          values: ({ search }) => ({
            values: ['en', 'de-CH']
              .filter((value) => value.toLowerCase().includes((search ?? '').toLowerCase()))
              .map((value) => ({ value, count: 7 })),
            hasMoreValues: false,
          }),
        },
      },
    },
  });
}
const TITLES: Record<number, string> = { 4: 'Autumn sale', 5: 'Winter sale' };
const press = (name: string | RegExp) => screen.findByRole('button', { name });

describe('adding a filter', () => {
  async function add(kind: string, initial: Partial<SubscriptionFilter> = {}) {
    const shown = show(initial);
    await shown.user.click(await press('Add filter'));
    await shown.user.click(await press(kind));
    return shown;
  }

  it.each([
    ['State', 'Gone', { states: ['gone'] }],
    ['Push service', 'Mozilla', { pushServices: ['mozilla'] }],
    ['Last result', 'Failed', { lastResults: ['failed'] }],
    ['Shown', 'In the last 30 days', { shownWithinDays: 30 }],
    ['Shown', /^Never shown/, { neverShown: true }],
    ['Clicked', 'In the last 7 days', { clickedWithinDays: 7 }],
    ['Receipts', /^Can’t report/, { canReport: false }],
    ['Never reached', /^Never reached/, { neverReached: true }],
  ])('applies as it is ticked: %s', async (kind, choice, part) => {
    const { user } = await add(kind);
    await user.click(await screen.findByRole('checkbox', { name: choice }));
    expect(last()).toEqual({ ...EMPTY_FILTER, ...part });
    await user.click(screen.getByRole('checkbox', { name: choice }));
    expect(last()).toEqual(EMPTY_FILTER);
  });

  it('takes tags from those that there are, by keys, with how many have each', async () => {
    const { user } = await add('Tag');
    expect(document.activeElement).toBe(screen.getByLabelText('Has any of', { selector: 'input' }));
    await user.keyboard('ne');
    expect((await screen.findByRole('option', { name: /news/ })).textContent).toBe('news1,204');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(last()).toEqual({ ...EMPTY_FILTER, tagsAnyOf: ['news'] });
  });

  it('keeps a tag that cannot be one as it was typed, and says why', async () => {
    const { user } = await add('Tag');
    const tooLong = 'x'.repeat(65);
    await user.keyboard(`${tooLong}{Enter}`);
    expect(await screen.findByText('Use at most 64 characters.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Has any of', { selector: 'input' }).value).toBe(tooLong);
    expect(asked).not.toHaveBeenCalled();
  });

  it('asks for a language without asking which attribute that is', async () => {
    const { user } = await add('Language');
    await user.type(screen.getByLabelText('Values', { selector: 'input' }), 'de');
    await user.click(await screen.findByRole('option', { name: /de-CH/ }));
    expect(last()?.attributes).toEqual([{ name: 'language', anyOf: ['de-CH'] }]);
    expect(await press(/^Language de-CH/)).toBeTruthy();
  });

  it('spells a value as people have it, however it was typed', async () => {
    const { user } = await add('Language');
    await user.type(screen.getByLabelText('Values', { selector: 'input' }), 'DE-ch');
    await screen.findByRole('option', { name: /de-CH/ });
    await user.keyboard('{Enter}');
    await user.keyboard('fr{Enter}');
    expect(last()?.attributes).toEqual([{ name: 'language', anyOf: ['de-CH', 'fr'] }]);
  });

  it('asks whether an attribute of the owner is not set, beside another condition', async () => {
    const before = { name: 'language', anyOf: ['en'] };
    const { user } = await add('Other attribute', { attributes: [before] });
    await user.click(screen.getByRole('combobox', { name: 'Attribute' }));
    await user.click(await screen.findByRole('option', { name: 'plan' }));
    await user.click(screen.getByRole('combobox', { name: 'Condition' }));
    await user.click(await screen.findByRole('option', { name: 'is not set' }));
    expect(last()?.attributes).toEqual([before, { name: 'plan', isSet: false }]);
  });

  it('takes days, the last one included', async () => {
    const { user } = await add('Added');
    await user.type(screen.getByLabelText('From'), '2026-03-03');
    await user.type(screen.getByLabelText('To, including'), '2026-03-04');
    expect(last()).toMatchObject({
      addedFrom: new Date(2026, 2, 3).getTime(),
      addedBefore: new Date(2026, 2, 5).getTime(),
    });
    expect(await press('Remove filter Added: 3 Mar 2026 to 4 Mar 2026')).toBeTruthy();
  });

  it('takes any number of days in which a message was shown, in place of never', async () => {
    const { user } = await add('Shown');
    await user.click(await screen.findByRole('checkbox', { name: /^Never shown/ }));
    await user.type(screen.getByLabelText('Number of days'), '45');
    expect(last()).toEqual({ ...EMPTY_FILTER, shownWithinDays: 45 });
    expect(await press('Remove filter Shown: in the last 45 days')).toBeTruthy();
    await user.type(screen.getByLabelText('Number of days'), '00');
    expect(await screen.findByText('Use 1 to 3,650 days.')).toBeTruthy();
    expect(last()?.shownWithinDays).toBe(450);
    await user.clear(screen.getByLabelText('Number of days'));
    expect(last()).toEqual(EMPTY_FILTER);
  });

  it.each([
    ['Shown', 'Not shown in campaign', 'notShownInCampaign', 'Not shown in: Autumn sale'],
    ['Clicked', 'Clicked in campaign', 'clickedInCampaign', 'Clicked in: Autumn sale'],
    [
      'Clicked',
      'Shown but not clicked in campaign',
      'notClickedInCampaign',
      'Shown but not clicked in: Autumn sale',
    ],
  ] as const)('finds a campaign by its title: %s, %s', async (kind, label, field, chip) => {
    const { user } = await add(kind);
    await user.type(screen.getByRole('combobox', { name: label }), 'Aut');
    expect(await screen.findAllByRole('option')).toHaveLength(1);
    await user.click(await screen.findByRole('option', { name: /Autumn sale/ }));
    expect(last()).toEqual({ ...EMPTY_FILTER, [field]: 4 });
    await user.click(await press(`Remove filter ${chip}`));
    expect(last()).toEqual(EMPTY_FILTER);
  });

  it('takes several external IDs that were pasted', async () => {
    const { user } = await add('External ID');
    await user.click(screen.getByLabelText('External IDs', { selector: 'input' }));
    await user.paste('a-1, b-2\nc-3');
    expect(last()?.externalIds).toEqual(['a-1', 'b-2', 'c-3']);
  });

  it('says how many external IDs there are where it shows the first ones only, and keeps them all', async () => {
    const externalIds = Array.from({ length: 1203 }, (_, index) => `u-${index}`);
    const { user } = show({ externalIds });
    await user.click(await press('External ID 1,203 IDs'));
    expect(
      await screen.findByText('The filter has 1,203. The first 200 are shown; the others count as well.'),
    ).toBeTruthy();
    await user.type(screen.getByLabelText('External IDs', { selector: 'input' }), 'new,');
    expect(last()?.externalIds).toHaveLength(1204);
  });
});

describe('a chip', () => {
  it('takes its condition out, and the focus goes on beside it', async () => {
    const { user } = show({ states: ['gone'], tagsNoneOf: ['staff'] });
    await user.click(await press('Remove filter Not tagged: staff'));
    expect(last()).toEqual({ ...EMPTY_FILTER, states: ['gone'] });
    expect(document.activeElement).toBe(await press('Add filter'));
  });

  it('opens what it asks for, to be changed', async () => {
    const { user } = show({ keyPairId: sampleKeyPair().id, states: ['gone'] });
    expect(await press('Key pair Baker Street News')).toBeTruthy();
    await user.click(await press('State Gone'));
    await user.click(await screen.findByRole('checkbox', { name: 'Expired' }));
    expect(last()?.states).toEqual(['expired', 'gone']);
  });
});
