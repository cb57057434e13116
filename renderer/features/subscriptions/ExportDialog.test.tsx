import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { exportIdSchema, type ExportProgress } from '../../../electron/contract/export.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { subscriptionId } from '../../testing/samples.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { chosenIds } from './target.ts';

const progress = (change: Partial<ExportProgress>): ExportProgress => ({
  id: exportIdSchema.parse('6f1c2a54-0f0e-4a51-8c43-0f6e2d1b9a10'),
  state: 'running',
  total: 18_204,
  done: 5000,
  path: '/home/ada/people.csv',
  problem: null,
  ...change,
});
const onClose = vi.fn();
type Files = NonNullable<NonNullable<Answers['subscriptions']>['exportFile']>;

function show(exportFile: Files) {
  onClose.mockReset();
  return renderWith(<ExportDialog chosen={chosenIds([1, 2].map(subscriptionId))} onClose={onClose} />, {
    answers: { subscriptions: { exportFile } },
  });
}
const press = (name: string) => screen.findByRole('button', { name });

describe('an export', () => {
  it('is shortened unless all is asked for, and says where it was saved', async () => {
    const done = progress({ state: 'done', total: 2, done: 2 });
    const { user, engine } = show({ start: () => done, progress: () => done });
    await user.click(await screen.findByRole('radio', { name: 'JSON lines' }));
    await user.click(await press('Choose where to save…'));
    expect(await screen.findByText(/2 subscriptions saved to/)).toBeTruthy();
    expect(screen.getByText('/home/ada/people.csv')).toBeTruthy();
    expect(engine.inputsOf('subscriptions.exportFile.start')).toEqual([
      { target: { ids: [1, 2] }, format: 'jsonl', whole: false },
    ]);
    const [, close] = within(screen.getByRole('dialog')).getAllByRole('button', { name: 'Close' });
    if (close) await user.click(close);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('has full endpoints and keys where that is ticked', async () => {
    const { user, engine } = show({ start: () => null });
    await user.click(await screen.findByRole('checkbox', { name: /^Include full endpoints and keys/ }));
    await user.click(await press('Choose where to save…'));
    await expect
      .poll(() => engine.inputsOf('subscriptions.exportFile.start'))
      .toMatchObject([{ format: 'csv', whole: true }]);
    expect(await press('Choose where to save…')).toBeTruthy();
  });

  it('of many rows says how far it is, asks before it is closed, and can be stopped', async () => {
    let now = progress({});
    const { user } = show({
      start: () => now,
      progress: () => now,
      stop: () => {
        now = progress({ state: 'stopped' });
        return now;
      },
    });
    await user.click(await press('Choose where to save…'));
    expect(await screen.findByText(/5,000 of 18,204 subscriptions written to/)).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(await screen.findByText('Stop the export?')).toBeTruthy();
    await user.click(await press('Keep exporting'));
    await user.click(await press('Stop'));
    expect(await press('Choose where to save…')).toBeTruthy();
  });

  it('says why it could not begin, or did not end', async () => {
    const FULL = { code: 'full', cause: 'The disk is full.', cure: 'Make room.' };
    const { user, engine } = show({ start: () => refuse(FULL) });
    await user.click(await press('Choose where to save…'));
    expect(await screen.findByText('The disk is full.')).toBeTruthy();
    const failed = progress({ state: 'failed', problem: FULL });
    engine.answer({ subscriptions: { exportFile: { start: () => progress({}), progress: () => failed } } });
    await user.click(await press('Choose where to save…'));
    expect(await screen.findByText(/Stopped after 5,000 of 18,204 subscriptions/)).toBeTruthy();
    expect(screen.getByText('The disk is full.')).toBeTruthy();
  });
});
