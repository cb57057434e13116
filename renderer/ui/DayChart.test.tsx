import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { DayChart, type DayChartProps } from './DayChart.tsx';

const DAY = 86_400_000;

function show(props: Partial<DayChartProps> = {}) {
  const { user } = renderWith(
    <DayChart
      label="Growth"
      days={[0, 1, 2].map((day) => Date.UTC(2026, 2, 1, 12) + day * DAY)}
      summary="all of it"
      bars={[
        { label: 'Joined', tone: 'ok', values: [5, 0, 7] },
        { label: 'Left', tone: 'bad', isDown: true, values: [0, 2, 0] },
      ]}
      {...props}
    />,
  );
  return { user, chart: screen.getByRole('slider', { name: 'Growth' }) };
}

it('can be read day by day with the keyboard, and says all of it again once it is left', async () => {
  const { user, chart } = show();
  expect(chart.getAttribute('aria-valuetext')).toBe('all of it');
  await user.tab();
  await user.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(chart.getAttribute('aria-valuetext')).toBe('2 Mar 2026: 0 joined, 2 left');
  expect(chart.getAttribute('aria-valuenow')).toBe('2');
  await user.keyboard('{PageDown}');
  expect(chart.getAttribute('aria-valuetext')).toContain('1 Mar 2026: 5 joined');
  await user.tab();
  expect(chart.getAttribute('aria-valuetext')).toBe('all of it');
});

it('has all of it in a table as well, the newest day first', async () => {
  const { user } = show({ line: { label: 'Active', values: [5, 3, 10] } });
  const button = screen.getByRole('button', { name: 'Show as table' });
  expect(button.getAttribute('aria-expanded')).toBe('false');
  await user.click(button);
  const table = within(screen.getByRole('region', { name: 'Growth, as a table' }));
  expect(table.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
    'DayJoinedLeftActive',
    '3 Mar 20267010',
    '2 Mar 2026023',
    '1 Mar 2026505',
  ]);
  await user.click(screen.getByRole('button', { name: 'Hide table' }));
  expect(screen.queryByRole('table')).toBeNull();
});

it('cuts a bar that would flatten the others, and writes how high it is', () => {
  const days = Array.from({ length: 30 }, (_, day) => day * DAY);
  const values = days.map((_, index) => (index === 4 ? 1_000_000 : 10));
  show({ days, bars: [{ label: 'Joined', tone: 'ok', values }] });
  const heights = [...document.querySelectorAll('rect')].map((bar) => Number(bar.getAttribute('height')));
  expect(Math.max(...heights)).toBeLessThanOrEqual(100);
  expect(Math.min(...heights)).toBeGreaterThan(15);
  expect(screen.getByText('1,000,000')).toBeTruthy();
});

it.each([[[]], [[3]]])('stands where there are so few days: %j', (values) => {
  const { chart } = show({
    days: values,
    bars: [{ label: 'Joined', tone: 'ok', values }],
    line: { label: 'Active', values },
  });
  expect(chart.getAttribute('aria-valuetext')).toBe('all of it');
  expect(document.querySelectorAll('rect')).toHaveLength(values.length);
  expect(document.body.innerHTML).not.toMatch(/NaN|Infinity/);
});
