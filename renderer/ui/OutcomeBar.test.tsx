import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { OutcomeBar } from './OutcomeBar.tsx';

const parts = (accepted: number, failed: number) => [
  { label: 'Accepted', count: accepted, tone: 'ok' as const },
  { label: 'Failed', count: failed, tone: 'bad' as const },
];

it.each([
  [0, 0, 'None of 1,204'],
  [1, 0, '1 accepted of 1,204'],
  [1100, 12, '1,100 accepted, 12 failed of 1,204'],
])('a bar of %i accepted and %i failed reads “%s”', (accepted, failed, words) => {
  renderWith(<OutcomeBar parts={parts(accepted, failed)} total={1204} />);
  expect(screen.getByRole('img', { name: words })).toBeTruthy();
});
