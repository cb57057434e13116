import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { FilterTabs } from './FilterTabs.tsx';

it('filters tell which one holds, and show a count of zero but none that is unknown', async () => {
  const onChange = vi.fn();
  const tabs = [
    { value: 'all', label: 'All', count: 1204 },
    { value: 'failed', label: 'Failed', count: 0 },
    { value: 'bin', label: 'Bin' },
  ];
  const { user } = renderWith(<FilterTabs label="By state" tabs={tabs} value="all" onChange={onChange} />);
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'All1,204',
    'Failed0',
    'Bin',
  ]);
  expect(screen.getByRole('button', { pressed: true }).textContent).toContain('All');
  await user.click(screen.getByRole('button', { name: 'Bin' }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith('bin');
});
