import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Link, Route } from 'wouter';
import type { ActProgress } from '../../../electron/contract/acts.ts';
import { held, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleAct, sampleKeyPair, sampleSegment, sampleSubscription } from '../../testing/samples.ts';
import { SubscriptionsScreen } from './SubscriptionsScreen.tsx';

const BY_STATE = { active: 18_204, expired: 0, gone: 0, unsubscribed: 0, mismatched: 0 };

/** An engine with 18,204 rows, which gives three at a time. */
const MANY: Answers = {
  subscriptions: {
    list: ({ cursor }) => {
      const from = Number(cursor ?? 0);
      const items = [1, 2, 3].map((number) =>
        sampleSubscription({ id: from + number, label: `Row ${from + number}` }),
      );
      return { items, nextCursor: null };
    },
    counts: () => ({ matching: 18_204, byState: BY_STATE, inBin: 0 }),
    deliveries: () => ({ items: [], nextCursor: null }),
  },
};
/** The same, but the list neither ends with what is loaded nor loads more. */
const MORE: Answers = {
  subscriptions: {
    ...MANY.subscriptions,
    list: ({ cursor }) =>
      cursor === null || cursor === undefined
        ? {
            items: Array.from({ length: 500 }, (_, index) =>
              sampleSubscription({ id: index + 1, label: `Row ${index + 1}` }),
            ),
            nextCursor: '500',
          }
        : new Promise(() => undefined),
  },
};

const show = (answers: Answers) =>
  renderWith(
    <>
      <Route path="/subscriptions/:id?">
        <SubscriptionsScreen />
      </Route>
      <Link href="/elsewhere">Elsewhere</Link>
      <Link href="/subscriptions">Back</Link>
    </>,
    { answers, path: '/subscriptions' },
  );
const row = (name: string) => screen.findByRole('checkbox', { name: `Select ${name}` });
const bar = () => screen.getByRole('toolbar', { name: 'Selected rows' });
const count = () => within(bar()).getByRole('status').textContent;
const press = (name: string | RegExp) => within(bar()).getByRole('button', { name });

describe('all that match', () => {
  async function selectAll(answers: Answers = {}) {
    const shown = show({
      ...MORE,
      ...answers,
      subscriptions: { ...MORE.subscriptions, ...answers.subscriptions },
    });
    await row('Row 1');
    await shown.user.click(screen.getByRole('checkbox', { name: 'Select the 500 rows that are loaded' }));
    expect(count()).toBe('500 of 18,204 selected');
    await shown.user.click(press('Select all 18,204 matching'));
    expect(count()).toBe('18,204 selected');
    return shown;
  }

  it('are chosen by filter, less those that are taken out by hand', async () => {
    const { user, engine } = await selectAll({
      subscriptions: { acts: { start: () => sampleAct({ changed: 18_202 }) } },
    });
    await user.click(await row('Row 2'));
    await user.click(await row('Row 4'));
    expect(count()).toBe('18,202 of 18,204 selected');
    await user.keyboard('{Delete}');
    expect(await screen.findByText('18,202 subscriptions moved to the bin.')).toBeTruthy();
    expect(engine.inputsOf('subscriptions.acts.start')).toMatchObject([
      {
        act: { kind: 'bin' },
        target: { filter: { search: '', inBin: false }, except: [2, 4] },
      },
    ]);
  });

  it('are chosen by Ctrl+A, and given up by Escape', async () => {
    const { user } = show(MORE);
    await user.click(await row('Row 3'));
    await user.keyboard('{Control>}a{/Control}');
    expect(count()).toBe('18,204 selected');
    expect(screen.queryByRole('button', { name: 'Copy as JSON' })).toBeNull();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('toolbar', { name: 'Selected rows' })).toBeNull();
  });

  it('become the audience of a message as the filter that they are', async () => {
    const { user, engine, path } = await selectAll();
    await user.click(await row('Row 2'));
    await user.click(press('Send to selected'));
    await expect.poll(path).toBe('/compose');
    expect(engine.inputsOf('drafts.create').at(-1)).toMatchObject({
      audience: {
        kind: 'matching',
        anyOf: [{ kind: 'filter', filter: { search: '' } }],
        leaveOut: [{ kind: 'chosen', ids: [2] }],
      },
    });
  });

  it('of a segment become that segment as audience', async () => {
    const { user, engine, path } = show({
      ...MORE,
      audience: { segments: { list: () => ({ items: [sampleSegment()] }) } },
    });
    await user.click(await screen.findByRole('button', { name: /^Customers/ }));
    await user.click(await row('Row 2'));
    await user.keyboard('{Control>}a{/Control}');
    await user.click(press('Send to selected'));
    await expect.poll(path).toBe('/compose');
    expect(engine.inputsOf('drafts.create').at(-1)).toMatchObject({
      audience: { kind: 'matching', anyOf: [{ kind: 'segment', id: 1 }] },
    });
  });

  it.each([
    ['Add tags…', 'Add tags', { kind: 'tag', tags: ['VIP'] }],
    ['Remove tags…', 'Remove tags', { kind: 'untag', tags: ['VIP'] }],
  ])('are asked for the tags: %s', async (item, actLabel, act) => {
    const { user, engine } = await selectAll({ subscriptions: { acts: { start: () => sampleAct() } } });
    await user.click(press('Tag'));
    await user.click(await screen.findByRole('menuitem', { name: item }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: actLabel }));
    expect(dialog.getByText('Enter a tag, then press Enter.')).toBeTruthy();
    await user.type(dialog.getByLabelText('Tags', { selector: 'input' }), 'VIP{Enter}');
    await user.click(dialog.getByRole('button', { name: actLabel }));
    await expect.poll(() => engine.inputsOf('subscriptions.acts.start')).toMatchObject([{ act }]);
    expect(count()).toBe('18,204 selected');
  });

  it('get a key pair, or none that is known', async () => {
    const { user, engine } = await selectAll({
      keys: { list: () => [sampleKeyPair()] },
      subscriptions: { acts: { start: () => sampleAct({ act: { kind: 'set-key', keyPairId: null } }) } },
    });
    await user.click(press('Set key'));
    await user.click(await screen.findByRole('combobox', { name: 'Key pair' }));
    await user.click(await screen.findByRole('option', { name: 'Unknown' }));
    await user.click(screen.getByRole('button', { name: 'Set key pair' }));
    await expect
      .poll(() => engine.inputsOf('subscriptions.acts.start'))
      .toMatchObject([{ act: { kind: 'set-key', keyPairId: null } }]);
  });
});

describe('an act that takes its time', () => {
  it('says how far it has come, can be stopped, and says how it ended', async () => {
    let act: ActProgress = sampleAct({
      act: { kind: 'tag', tags: ['VIP'] },
      state: 'running',
      matched: 18_204,
      done: 3000,
      undoUntil: null,
    });
    const { user, engine } = show({
      ...MANY,
      subscriptions: {
        ...MANY.subscriptions,
        acts: {
          list: () => ({ items: [act] }),
          get: () => act,
          stop: () => {
            act = sampleAct({ ...act, state: 'stopped', changed: 3000, undoUntil: Date.now() + 1000 });
            return act;
          },
          undo: () => sampleAct({ ...act, state: 'undone', restored: 3000 }),
        },
      },
    });
    expect(await screen.findByText('Tagging: 3,000 of 18,204 subscriptions')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    engine.publish('acts');
    expect(
      await screen.findByText('3,000 subscriptions tagged “VIP”. Stopped: the others stay as they were.'),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Undone for 3,000 subscriptions.')).toBeTruthy();
  });

  it('says once how it ended, also where it was seen under way before the answer came', async () => {
    let items: ActProgress[] = [];
    const ended = sampleAct({ act: { kind: 'bin' }, changed: 1 });
    const { answer, release } = held(ended);
    const { user, engine } = show({
      ...MANY,
      subscriptions: {
        ...MANY.subscriptions,
        acts: { start: answer, list: () => ({ items }), get: () => ended },
      },
    });
    await user.click(await row('Row 1'));
    await user.keyboard('{Delete}');
    items = [{ ...ended, state: 'running', undoUntil: null }];
    engine.publish('acts');
    await screen.findByRole('group', { name: /^Moving to the bin/ });
    items = [];
    engine.publish('acts');
    await screen.findByText('1 subscription moved to the bin.');
    release();
    await expect.poll(() => screen.queryByRole('toolbar', { name: 'Selected rows' })).toBeNull();
    expect(screen.getAllByText('1 subscription moved to the bin.')).toHaveLength(1);
  });
});

describe('the list that is left', () => {
  it('is as it was when one comes back: search, filter, order and selection', async () => {
    const { user, engine } = show(MANY);
    await row('Row 1');
    await user.click(await screen.findByRole('button', { name: 'Added' }));
    await user.type(screen.getByRole('textbox', { name: 'Search subscriptions' }), 'Row');
    await user.click(await screen.findByRole('button', { name: 'Add filter' }));
    await user.click(await screen.findByRole('button', { name: 'Never reached' }));
    await user.click(await screen.findByRole('checkbox', { name: /^Never reached/ }));
    await user.keyboard('{Escape}');
    // The list is drawn anew once the search has been asked for: a row found before is gone by then.
    await expect
      .poll(() => engine.inputsOf('subscriptions.list').at(-1))
      .toMatchObject({ order: 'oldest', filter: { search: 'Row', neverReached: true } });
    await user.click(await row('Row 2'));
    await expect.poll(count).toBe('1 of 18,204 selected');
    await user.click(screen.getByRole('link', { name: 'Elsewhere' }));
    expect(screen.queryByRole('grid')).toBeNull();
    await user.click(screen.getByRole('link', { name: 'Back' }));
    expect(await screen.findByRole('button', { name: 'Remove filter Reached: never' })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Search subscriptions' }).value).toBe('Row');
    const added = await screen.findByRole('columnheader', { name: 'Added' });
    expect(added.getAttribute('aria-sort')).toBe('ascending');
    await row('Row 2');
    await expect.poll(count).toBe('1 of 18,204 selected');
  });
});

describe('details beside the list', () => {
  it('follow the arrows, pressed in the list or on the details, and close with Escape', async () => {
    const { user, path } = show(MANY);
    await user.click(await screen.findByText('Row 1'));
    await screen.findByRole('dialog', { name: 'Row 1' });
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    await user.keyboard('{ArrowDown}');
    await screen.findByRole('dialog', { name: 'Row 2' });
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('dialog', { name: 'Row 2' }));
    await user.keyboard('{ArrowDown}');
    await screen.findByRole('dialog', { name: 'Row 3' });
    screen.getByRole('grid').focus();
    await user.keyboard('{Escape}');
    await expect.poll(path).toBe('/subscriptions');
  });
});

it('a table has the columns that were chosen, also after the screen was away', async () => {
  const { user } = show(MANY);
  await row('Row 1');
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Language' }));
  await user.click(screen.getByRole('menuitemcheckbox', { name: 'State' }));
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('link', { name: 'Elsewhere' }));
  await user.click(screen.getByRole('link', { name: 'Back' }));
  await row('Row 1');
  await screen.findByRole('columnheader', { name: 'Language' });
  expect(screen.queryByRole('columnheader', { name: 'State' })).toBeNull();
});
