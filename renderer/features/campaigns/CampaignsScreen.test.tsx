import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { draftAnswers } from '../../testing/draft-answers.ts';
import { renderWith } from '../../testing/render-with.tsx';
import {
  sampleCampaign,
  sampleCounts,
  sampleDetail,
  sampleMessage,
  sampleRehearsal,
  subscriptionId,
} from '../../testing/samples.ts';
import { CAMPAIGNS_PATTERN } from '../../navigation/paths.ts';
import { CampaignsScreen } from './CampaignsScreen.tsx';

const show = (items: Campaign[]) =>
  renderWith(<CampaignsScreen />, {
    path: '/campaigns',
    answers: { campaigns: { list: () => ({ items, nextCursor: null }) } },
  });

async function row(at: number) {
  await screen.findByRole('columnheader', { name: 'Accepted' });
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

  it('duplicates one with its recipients from its row, without opening it', async () => {
    const audience = { kind: 'chosen' as const, ids: [subscriptionId(4)] };
    const { user, engine, path } = renderWith(<CampaignsScreen />, {
      path: '/campaigns',
      answers: {
        campaigns: {
          list: () => ({ items: [sampleCampaign({ id: 9 })], nextCursor: null }),
          audienceOf: () => audience,
          get: ({ id }) => sampleDetail({ id }),
        },
        drafts: draftAnswers(null),
      },
    });
    await row(1);
    await user.click(screen.getByRole('button', { name: 'Duplicate Good morning' }));
    await expect.poll(path).toBe('/compose');
    expect(engine.inputsOf('campaigns.audienceOf')).toEqual([{ id: 9 }]);
    expect(engine.inputsOf('drafts.create')).toEqual([
      { message: sampleCampaign().message, audience, choices: {} },
    ]);
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
    expect((await row(1)).textContent).toMatch(/^Good morningTest.*Finished100%–/);
    expect((await row(2)).textContent).toMatch(/^Good morning.*Needs attention98.9%–/);
    expect(within(await row(2)).getByTitle('1,100 of 1,112 done were accepted')).toBeTruthy();
  });

  it('keeps the direction of a title, and writes out what would turn its row round', async () => {
    show([sampleCampaign({ message: { ...sampleMessage(), title: 'صباح \u202Eالخير' } })]);
    const title = within(await row(1)).getByTitle(/صباح/);
    expect(title.dir).toBe('auto');
    expect(title.textContent).toContain('\\u202E');
  });
});

describe('a row of the list', () => {
  it('says for whom it waits and until when, in place of a bare word', async () => {
    const until = new Date(2026, 2, 3, 19, 2, 11).getTime();
    show([
      sampleCampaign({ id: 3, state: 'running', wait: { reason: 'rate-limit', until, pushService: 'fcm' } }),
      sampleCampaign({ id: 2, state: 'running', wait: { reason: 'store', until } }),
      sampleCampaign({ id: 1, state: 'paused' }),
    ]);
    expect((await row(1)).textContent).toContain('Waiting for Google until 19:02');
    expect((await row(2)).textContent).toContain('Waiting until results can be saved');
    expect((await row(3)).textContent).toContain('Paused');
  });

  it('gives the share clicked where devices told, and the tag', async () => {
    show([
      sampleCampaign({
        id: 2,
        message: sampleMessage({ tag: 'news' }),
        counts: sampleCounts({ accepted: 200, failed: 50 }),
        seen: { shown: 90, clicked: 30 },
      }),
    ]);
    const { textContent } = await row(1);
    expect(textContent).toMatch(/^Good morningnews/);
    expect(textContent).toMatch(/80%15%$/);
  });
});

describe('the search of campaigns', () => {
  const searchBox = () => screen.getByRole('textbox', { name: 'Search campaigns' });

  it('asks the engine, says how many match, and says what to do where none does', async () => {
    const { user, engine } = renderWith(<CampaignsScreen />, {
      path: '/campaigns',
      answers: {
        campaigns: {
          list: ({ search }) =>
            search === undefined
              ? { items: [sampleCampaign()], nextCursor: null, total: 1 }
              : { items: [], nextCursor: null, total: 0 },
        },
      },
    });
    await row(1);
    await user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement).toBe(searchBox());
    await user.keyboard(' äpfel');
    // Who types slowly is answered on the way.
    await expect
      .poll(() => engine.inputsOf('campaigns.list').at(-1))
      .toMatchObject({ search: 'äpfel', states: [] });
    await screen.findByRole('heading', { name: 'No campaigns found' });
    expect(screen.getByText('0 match')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear search and dates' }));
    await row(1);
  });

  it('is still there when one comes back, and asks for the states of its tab', async () => {
    const { user, engine, rerender } = renderWith(
      <Route path={CAMPAIGNS_PATTERN}>
        <CampaignsScreen />
      </Route>,
      {
        path: '/campaigns/finished',
        answers: { campaigns: { list: () => ({ items: [sampleCampaign()], nextCursor: null, total: 1 }) } },
      },
    );
    await row(1);
    await user.type(searchBox(), 'good');
    await expect
      .poll(() => engine.inputsOf('campaigns.list').at(-1))
      .toMatchObject({
        search: 'good',
        states: ['finished', 'cancelled'],
      });
    rerender(<p>elsewhere</p>);
    rerender(<CampaignsScreen />);
    expect(await screen.findByDisplayValue('good')).toBe(searchBox());
  });
});

describe('the tabs of the campaigns', () => {
  const showAt = (path: string) =>
    renderWith(
      <Route path={CAMPAIGNS_PATTERN}>
        <CampaignsScreen />
      </Route>,
      {
        path,
        answers: {
          campaigns: { list: () => ({ items: [], nextCursor: null }) },
          rehearsal: { current: () => sampleRehearsal({ devices: 1204, state: 'finished' }) },
        },
      },
    );
  const tab = (name: string) => screen.getByRole('button', { name });

  it('have an address each, and are named by it', async () => {
    const { user, path } = showAt('/campaigns/drafts');
    expect(tab('Drafts').getAttribute('aria-pressed')).toBe('true');
    await screen.findByRole('heading', { name: 'No drafts' });
    for (const name of ['Scheduled', 'Sending', 'Finished', 'Rehearsals']) {
      await user.click(tab(name));
      expect(path()).toBe(`/campaigns/${name.toLowerCase()}`);
      expect(tab(name).getAttribute('aria-pressed')).toBe('true');
    }
    await user.click(tab('All'));
    expect(path()).toBe('/campaigns');
    await screen.findByRole('heading', { name: 'Nothing sent yet' });
  });

  it('lead from a rehearsal to its screen', async () => {
    const { user, path } = showAt('/campaigns/rehearsals');
    await user.click(await screen.findByRole('gridcell', { name: '1,204 virtual devices' }));
    expect(path()).toBe('/rehearsal');
  });
});
