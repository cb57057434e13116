import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { DraftSummary } from '../../../../electron/contract/drafts.ts';
import { draftIdSchema } from '../../../../electron/contract/ids.ts';
import { refuse, type Answers } from '../../../testing/fake-engine.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { MOMENT } from '../../../testing/samples.ts';
import { DraftsList } from './DraftsList.tsx';

const draft = (id: number, change: Partial<DraftSummary> = {}): DraftSummary => ({
  id: draftIdSchema.parse(id),
  title: `Draft ${id}`,
  body: '',
  audienceKind: 'everyone',
  updatedAt: MOMENT,
  ...change,
});

/** Drafts as an engine has them: a deleted one is gone until it is put back. */
function show(all: readonly DraftSummary[], change: Answers['drafts'] = {}) {
  const gone = new Set<number>();
  const rendered = renderWith(<DraftsList />, {
    answers: {
      drafts: {
        list: () => ({ items: all.filter(({ id }) => !gone.has(id)), nextCursor: null }),
        remove: ({ id }) => {
          gone.add(id);
          rendered.engine.publish('drafts');
          return { removed: true };
        },
        restore: ({ id }) => {
          gone.delete(id);
          rendered.engine.publish('drafts');
          return {
            message: {},
            audience: null,
            choices: {},
            id: draftIdSchema.parse(id),
            revision: 2,
            updatedAt: MOMENT,
            requestId: 'x',
          };
        },
        ...change,
      },
    },
  });
  return rendered;
}

const rows = () =>
  within(screen.getByRole('grid', { name: 'Drafts' }))
    .getAllByRole('row')
    .slice(1)
    .map(({ textContent }) => textContent);

it('lists what is being written', async () => {
  show([
    draft(1, { body: 'Half price today' }),
    draft(2, { title: '', audienceKind: null }),
    draft(3, { audienceKind: 'matching' }),
  ]);
  await screen.findByText('Half price today');
  expect(rows()).toEqual([
    expect.stringMatching(/^Draft 1 Half price today/),
    expect.stringMatching(/^Untitled/),
    expect.stringMatching(/^Draft 3/),
  ]);
});

it('keeps the directions of title and text apart', async () => {
  show([draft(1, { title: 'הדלתות נפתחות', body: 'Doors open at seven.' })]);
  expect((await screen.findByText('Doors open at seven.')).tagName).toBe('BDI');
});

it('deletes one with a way back, and opens nothing by that', async () => {
  const { user, path } = show([draft(1), draft(2)]);
  await user.click(await screen.findByRole('button', { name: 'Delete draft Draft 1' }));
  await expect.poll(() => rows().length).toBe(1);
  const before = path();
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await expect.poll(() => rows().length).toBe(2);
  expect(path()).toBe(before);
});

it('says why one could not be deleted, and keeps it', async () => {
  const { user } = show([draft(1)], {
    remove: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }),
  });
  await user.click(await screen.findByRole('button', { name: 'Delete draft Draft 1' }));
  expect(await screen.findByText('The disk is full. Make room.')).toBeTruthy();
  expect(rows()).toHaveLength(1);
});

it('teaches what appears here while there is nothing', async () => {
  const { user, path } = show([]);
  expect(await screen.findByText('No drafts')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'New message' }));
  await expect.poll(path).toBe('/compose/new');
});
