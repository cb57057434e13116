import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderWith } from '../../../testing/render-with.tsx';
import { DropAnywhere } from './DropAnywhere.tsx';

const file = (name: string) => new File(['{}'], name);
const item = (one: File, isDirectory = false) => ({
  kind: 'file',
  getAsFile: () => one,
  webkitGetAsEntry: () => ({ isDirectory, name: one.name }),
});
const drag = (items: unknown[]) => ({ dataTransfer: { types: ['Files'], items } });

it('shows where a file may be dropped, and only for files', () => {
  renderWith(<DropAnywhere />);
  fireEvent.dragEnter(document.body, { dataTransfer: { types: ['text/plain'], items: [] } });
  expect(screen.queryByText('Drop to import subscriptions')).toBeNull();
  fireEvent.dragEnter(document.body, drag([]));
  expect(screen.getByText('Drop to import subscriptions')).toBeTruthy();
  fireEvent.dragLeave(document.body, drag([]));
  expect(screen.queryByText('Drop to import subscriptions')).toBeNull();
});

it('imports several files one after another, and says of a folder what to do', async () => {
  const { user } = renderWith(<DropAnywhere />, {
    answers: {
      keys: { list: () => [] },
      subscriptions: {
        previewImport: () => ({
          newCount: 1,
          knownCount: 0,
          repeatedCount: 0,
          badCount: 0,
          otherCount: 0,
          unsubscribed: null,
          reasons: [],
          columns: null,
          bad: [],
          remarks: [],
          sample: [],
        }),
      },
    },
  });
  fireEvent.drop(document.body, drag([item(file('a.json')), item(file('all'), true), item(file('b.csv'))]));
  expect(await screen.findByText('a.json')).toBeTruthy();
  expect(screen.getByRole('dialog', { name: 'Import subscriptions, file 1 of 2' })).toBeTruthy();
  expect(await screen.findByText(/“all” is a folder/)).toBeTruthy();
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Discard' }));
  expect(await screen.findByText('b.csv')).toBeTruthy();
});
