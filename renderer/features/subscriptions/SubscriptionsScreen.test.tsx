import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { actSchema, type Act } from '../../../electron/contract/acts.ts';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { MOMENT, sampleAct, sampleSubscription } from '../../testing/samples.ts';
import { SubscriptionsScreen } from './SubscriptionsScreen.tsx';

/** An engine with these rows, which searches, deletes and restores. */
function withRows(rows: Subscription[]): Answers {
  let kept = rows;
  const mark = (ids: readonly number[], deletedAt: number | null) => {
    kept = kept.map((row) => (ids.includes(row.id) ? { ...row, deletedAt } : row));
  };
  let last: { ids: readonly number[]; kind: Act['kind'] } | undefined;
  return {
    subscriptions: {
      list: (input) => ({
        items: kept.filter(
          (row) =>
            (row.deletedAt !== null) === (input.filter?.inBin ?? false) &&
            (row.label ?? '').includes(input.filter?.search ?? '') &&
            (input.filter?.states?.length === 0 || input.filter?.states?.includes(row.state) === true),
        ),
        nextCursor: null,
      }),
      counts: () => {
        const listed = kept.filter(({ deletedAt }) => deletedAt === null);
        const of = (state: Subscription['state']) => listed.filter((row) => row.state === state).length;
        return {
          matching: listed.length,
          byState: {
            active: of('active'),
            expired: of('expired'),
            gone: of('gone'),
            unsubscribed: of('unsubscribed'),
            mismatched: of('mismatched'),
          },
          inBin: kept.length - listed.length,
        };
      },
      deliveries: () => ({ items: [], nextCursor: null }),
      acts: {
        start: ({ target, act }) => {
          const ids = 'ids' in target ? target.ids : [];
          last = { ids, kind: act.kind };
          if (act.kind === 'bin') mark(ids, MOMENT);
          if (act.kind === 'restore') mark(ids, null);
          return sampleAct({ act: actSchema.parse(act), changed: ids.length });
        },
        undo: () => {
          if (last) mark(last.ids, last.kind === 'bin' ? null : MOMENT);
          return sampleAct({ state: 'undone', restored: 1 });
        },
      },
    },
  };
}

const THREE = [
  sampleSubscription({ id: 1, label: 'Phone' }),
  sampleSubscription({ id: 2, label: 'Tablet' }),
  sampleSubscription({ id: 3, label: 'Laptop', state: 'gone' }),
];

const show = (answers: Answers, path = '/subscriptions') =>
  renderWith(
    <Route path="/subscriptions/:id?">
      <SubscriptionsScreen />
    </Route>,
    { answers, path },
  );
const table = () => screen.findByRole('grid', { name: 'Subscriptions' });
const row = (label: string) => screen.findByRole('checkbox', { name: `Select ${label}` });
const bar = () => screen.queryByRole('toolbar', { name: 'Selected rows' });
const search = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Search subscriptions' });
const view = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) });

describe('the list of subscriptions', () => {
  it('says how to get some while nobody has subscribed, and why the page did not open', async () => {
    const { user, engine } = show(withRows([]));
    engine.answer({
      server: {
        openSubscribePage: () =>
          refuse({ code: 'no-browser', cause: 'No browser opened.', cure: 'Open it.' }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Open subscribe page' }));
    expect(await screen.findByText('No browser opened.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy address' })).toBeTruthy();
  });

  it('says why it cannot be read, and reads again', async () => {
    const { user, engine } = show({
      subscriptions: {
        ...withRows([]).subscriptions,
        list: () => refuse({ code: 'locked', cause: 'The file is locked.', cure: 'Close it.' }),
      },
    });
    await screen.findByText('The file is locked.');
    engine.answer(withRows(THREE));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await row('Phone')).toBeTruthy();
  });

  it('finds by what is typed, and offers a way back where nothing fits', async () => {
    const { user } = show(withRows(THREE));
    await row('Phone');
    await user.type(search(), 'Tab');
    await expect.poll(() => screen.queryByRole('checkbox', { name: 'Select Phone' })).toBeNull();
    await user.type(search(), 'zzz');
    expect(await screen.findByText(/contains “/, { selector: 'p' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear search' }));
    expect(await row('Phone')).toBeTruthy();
    expect(document.activeElement).toBe(search());
  });

  it('goes on by itself where a search gives what it has found page by page', async () => {
    const { user, engine } = show(withRows(THREE));
    await row('Phone');
    engine.answer({
      subscriptions: {
        list: ({ cursor }) => {
          const page = Number(cursor ?? 1);
          return {
            items: page === 5 ? [sampleSubscription({ id: 9, label: 'Found at last' })] : [],
            nextCursor: page < 5 ? String(page + 1) : null,
          };
        },
      },
    });
    await user.type(search(), 'last');
    expect(await row('Found at last')).toBeTruthy();
  });

  it('is reached by Ctrl+F, and its search is emptied by Escape', async () => {
    const { user } = show(withRows(THREE));
    await table();
    await user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement).toBe(search());
    await user.keyboard('Pho{Escape}');
    expect(search().value).toBe('');
  });

  it('has a view for each state that there is, and for the bin once there is something in it', async () => {
    const { user } = show(withRows(THREE));
    await row('Phone');
    expect(screen.queryByRole('button', { name: /^Expired/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Bin/ })).toBeNull();
    await user.click(view('Gone'));
    await expect.poll(() => screen.queryByRole('checkbox', { name: 'Select Phone' })).toBeNull();
    expect(await row('Laptop')).toBeTruthy();
  });
});

describe('a selection', () => {
  it('is counted, and given up by Escape', async () => {
    const { user } = show(withRows(THREE));
    await user.click(await row('Phone'));
    expect(bar()?.textContent).toContain('1 of 3 selected');
    await user.keyboard('{Control>}a{/Control}');
    expect(bar()?.textContent).toContain('3 selected');
    await user.keyboard('{Escape}');
    expect(bar()).toBeNull();
  });

  it('goes to the bin with Delete, and comes back with Undo', async () => {
    const { user } = show(withRows(THREE));
    await user.click(await row('Phone'));
    await user.click(await row('Tablet'));
    await user.keyboard('{Delete}');
    expect(await screen.findByText('2 subscriptions moved to the bin.')).toBeTruthy();
    await expect.poll(() => screen.queryByRole('checkbox', { name: 'Select Phone' })).toBeNull();
    expect(bar()).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await row('Phone')).toBeTruthy();
  });

  it('is left alone by Delete in the search, and ends with the search that showed it', async () => {
    const { user, engine } = show(withRows(THREE));
    await user.click(await row('Phone'));
    await user.click(search());
    await user.keyboard('{Delete}{Control>}a{/Control}');
    expect(bar()?.textContent).toContain('1 of 3 selected');
    await user.type(search(), 'T');
    expect(bar()).toBeNull();
    expect(engine.inputsOf('subscriptions.acts.start')).toEqual([]);
  });

  it('in the bin can be restored or erased, not deleted or sent to', async () => {
    const { user } = show(withRows([sampleSubscription({ label: 'Phone', deletedAt: MOMENT })]));
    await user.click(await screen.findByRole('button', { name: /^Bin/ }));
    await user.click(await row('Phone'));
    const acts = within(bar() ?? document.body)
      .getAllByRole('button')
      .map(({ textContent }) => textContent);
    expect(acts).toEqual(['Restore', 'Export', 'Copy as JSON', 'Erase for good…', '']);
    await user.keyboard('{Delete}');
    expect(bar()).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    expect(await screen.findByText('1 subscription restored.')).toBeTruthy();
    expect(await screen.findByRole('heading', { name: 'The bin is empty' })).toBeTruthy();
  });
});

describe('the details of a subscription', () => {
  it('open with Enter at an address of their own, and give the list the focus back', async () => {
    const { user, path } = show(withRows(THREE));
    await row('Phone');
    const grid = await table();
    await user.click(await row('Phone'));
    await user.keyboard('{Enter}');
    expect(path()).toBe('/subscriptions/1');
    expect(document.activeElement).toBe(await screen.findByRole('dialog', { name: 'Phone' }));
    await user.keyboard('{Escape}');
    expect(path()).toBe('/subscriptions');
    expect(document.activeElement).toBe(grid);
  });

  it('open by their address, also of one that is not among the rows', async () => {
    show(
      {
        ...withRows(THREE),
        subscriptions: {
          ...withRows(THREE).subscriptions,
          get: ({ id }) => sampleSubscription({ id, label: 'Far away' }),
        },
      },
      '/subscriptions/4711',
    );
    expect(await screen.findByRole('dialog', { name: 'Far away' })).toBeTruthy();
  });
});
