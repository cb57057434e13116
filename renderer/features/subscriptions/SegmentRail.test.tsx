import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Segment } from '../../../electron/contract/audience.ts';
import { subscriptionFilterSchema } from '../../../electron/contract/subscriptions.ts';
import { segmentIdSchema } from '../../../electron/contract/ids.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleAct, sampleSegment, sampleSubscription } from '../../testing/samples.ts';
import { SubscriptionsScreen } from './SubscriptionsScreen.tsx';

const TAGS = Array.from({ length: 15 }, (_, index) => ({
  name: `tag ${index + 1}`,
  count: index === 14 ? 1 : 100 - index,
}));

function show() {
  let segments: Segment[] = [sampleSegment()];
  let tags = TAGS;
  return renderWith(<SubscriptionsScreen />, {
    path: '/subscriptions',
    answers: {
      subscriptions: {
        list: () => ({ items: [sampleSubscription({ label: 'Row 1' })], nextCursor: null }),
        counts: () => ({
          matching: 1,
          byState: { active: 1, expired: 0, gone: 0, unsubscribed: 0, mismatched: 0 },
          inBin: 0,
        }),
        acts: { undo: () => sampleAct({ state: 'undone', restored: 3 }) },
      },
      audience: {
        segments: {
          list: () => ({ items: segments }),
          create: ({ name, filter }) => {
            const segment = sampleSegment({ id: 2, name, filter: subscriptionFilterSchema.parse(filter) });
            segments = [...segments, segment];
            return segment;
          },
          update: ({ id, name, filter }) => {
            if (name === 'taken')
              refuse({
                code: 'name-taken',
                cause: 'This name is taken.',
                cure: 'Choose another.',
                field: 'name',
              });
            segments = segments.map((one) => ({
              ...one,
              id: segmentIdSchema.parse(id),
              name: name ?? one.name,
              filter: filter === undefined ? one.filter : subscriptionFilterSchema.parse(filter),
            }));
            return segments[0] ?? sampleSegment();
          },
          restore: () => {
            segments = [sampleSegment()];
            return sampleSegment();
          },
          remove: ({ id }) => {
            segments = segments.filter((one) => one.id !== id);
            return { removed: true };
          },
        },
        tags: {
          list: () => ({ items: tags }),
          rename: ({ to }) => {
            tags = tags.map((tag) => (tag.name === 'tag 2' ? { ...tag, name: to } : tag));
            return { name: to, count: 99 };
          },
          remove: ({ name }) => {
            tags = tags.filter((tag) => tag.name !== name);
            return sampleAct({ act: { kind: 'untag', tags: [name] }, changed: 3 });
          },
        },
      },
    },
  });
}
const rail = async () => within(await screen.findByRole('navigation', { name: 'Segments and tags' }));
const lastList = (engine: ReturnType<typeof show>['engine']) =>
  engine.inputsOf('subscriptions.list').at(-1) as { filter: unknown };

describe('a segment in the rail', () => {
  it('lists its subscriptions, and all again when it is pressed once more', async () => {
    const { user, engine } = show();
    const segment = await (await rail()).findByRole('button', { name: 'Customers 1,204' });
    await user.click(segment);
    await expect.poll(() => lastList(engine)).toMatchObject({ filter: { tagsAnyOf: ['customers'] } });
    expect(segment.getAttribute('aria-pressed')).toBe('true');
    expect(await screen.findByRole('button', { name: 'Remove filter Tag: customers' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save as segment' })).toBeNull();
    await user.click(segment);
    await expect.poll(() => segment.getAttribute('aria-pressed')).toBe('false');
    expect(screen.queryByRole('button', { name: 'Remove filter Tag: customers' })).toBeNull();
  });

  it('takes a changed filter over, and gives the old one back', async () => {
    const { user, engine } = show();
    await user.click(await (await rail()).findByRole('button', { name: 'Customers 1,204' }));
    await user.click(screen.getByRole('button', { name: /^Active/ }));
    await user.click(await screen.findByRole('button', { name: 'Update “Customers”' }));
    expect(await screen.findByText('“Customers” updated.')).toBeTruthy();
    const updates = () => engine.inputsOf('audience.segments.update');
    expect(updates()).toMatchObject([{ id: 1, filter: { states: ['active'], tagsAnyOf: ['customers'] } }]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await expect.poll(() => updates().at(-1)).toMatchObject({ id: 1, filter: { states: [] } });
  });

  it('is renamed, with what is wrong at its field', async () => {
    const { user } = show();
    await user.click(await (await rail()).findByRole('button', { name: 'Actions for Customers' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Rename…' }));
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.keyboard('{Enter}');
    expect(await screen.findByText('This is empty.')).toBeTruthy();
    await user.type(name, 'taken{Enter}');
    expect(await screen.findByText('This name is taken. Choose another.')).toBeTruthy();
    await user.clear(name);
    await user.type(name, 'Buyers{Enter}');
    expect(await (await rail()).findByRole('button', { name: 'Buyers 1,204' })).toBeTruthy();
  });

  it('is removed with a way back', async () => {
    const { user, engine } = show();
    await user.click(await (await rail()).findByRole('button', { name: 'Actions for Customers' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove segment' }));
    expect(await screen.findByText('Segment “Customers” removed. The subscriptions stay.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await (await rail()).findByRole('button', { name: 'Customers 1,204' })).toBeTruthy();
    // Campaigns and drafts name it by its id.
    expect(engine.inputsOf('audience.segments.restore')).toEqual([{ id: sampleSegment().id }]);
  });

  it('comes of a filter that is saved, and is in view then', async () => {
    const { user, engine } = show();
    await rail();
    await user.click(screen.getByRole('button', { name: /^Active/ }));
    await user.click(await screen.findByRole('button', { name: 'Save as segment' }));
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Reachable{Enter}');
    const made = await (await rail()).findByRole('button', { name: /^Reachable/ });
    await expect.poll(() => made.getAttribute('aria-pressed')).toBe('true');
    expect(engine.inputsOf('audience.segments.create')).toMatchObject([
      { name: 'Reachable', filter: { states: ['active'] } },
    ]);
  });
});

describe('tags in the rail', () => {
  it('are the most used ones, and list who has them', async () => {
    const { user, engine } = show();
    const tag = await (await rail()).findByRole('button', { name: 'tag 2 99' });
    const names = (await rail())
      .getAllByRole('button', { name: /^tag / })
      .map(({ textContent }) => textContent);
    expect(names.map((name) => Number(/^tag (\d+)/.exec(name)?.[1]))).toEqual(
      names.map((name) => Number(/^tag (\d+)/.exec(name)?.[1])).toSorted((one, other) => one - other),
    );
    expect((await rail()).queryByRole('button', { name: 'tag 15 1' })).toBeNull();
    await user.click(tag);
    await expect.poll(() => lastList(engine)).toMatchObject({ filter: { tagsAnyOf: ['tag 2'] } });
  });

  it('are all found in a dialog, renamed everywhere and removed with a way back', async () => {
    const { user, engine } = show();
    await user.click(await (await rail()).findByRole('button', { name: 'All 15 tags…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Tags' }));
    await user.click(dialog.getByRole('button', { name: 'Rename tag 2' }));
    const name = dialog.getByRole('textbox', { name: 'New name of tag 2' });
    await user.clear(name);
    await user.type(name, 'TAG 3');
    expect(dialog.getByText('“tag 3” already exists: the two become one tag.')).toBeTruthy();
    await user.clear(name);
    await user.type(name, 'second{Enter}');
    expect(await screen.findByText('“tag 2” is now “second”, on 99 subscriptions.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await expect
      .poll(() => engine.inputsOf('audience.tags.rename'))
      .toEqual([
        { name: 'tag 2', to: 'second' },
        { name: 'second', to: 'tag 2' },
      ]);
    await user.type(dialog.getByRole('textbox', { name: 'Search tags' }), '15');
    await user.click(dialog.getByRole('button', { name: 'Remove tag 15 from all' }));
    expect(await screen.findByText('“tag 15” removed from 3 subscriptions.')).toBeTruthy();
    expect(await dialog.findByText('No tag contains “15”.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await expect.poll(() => engine.inputsOf('subscriptions.acts.undo')).toHaveLength(1);
  });
});
