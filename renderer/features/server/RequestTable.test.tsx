import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { KEPT_REQUESTS, type ServedRequest } from '../../../electron/contract/server.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { MOMENT } from '../../testing/samples.ts';
import { RequestTable } from './RequestTable.tsx';

const request = (change: Partial<ServedRequest> = {}): ServedRequest => ({
  id: 1,
  at: MOMENT,
  firstAt: MOMENT,
  count: 1,
  method: 'GET',
  path: '/sw.js',
  hasOtherPaths: false,
  status: 200,
  durationMs: 3,
  note: null,
  ...change,
});

const show = (requests: ServedRequest[], isRunning = true) =>
  renderWith(<RequestTable isRunning={isRunning} />, { answers: { server: { requests: () => requests } } });
const firstRow = async () => {
  await screen.findByRole('columnheader', { name: 'Details' });
  return within(screen.getByRole('grid', { name: 'Requests' })).getAllByRole('row')[1]?.textContent;
};

describe('the table of requests', () => {
  it('says how to see some while there are none', async () => {
    const { rerender } = show([]);
    expect(await screen.findByText('Open the subscribe page to see its requests here.')).toBeTruthy();
    rerender(<RequestTable isRunning={false} />);
    expect(screen.getByText('Turn the server on to see requests here.')).toBeTruthy();
  });

  it('shows one as it was', async () => {
    show([
      request({ method: 'POST', path: '/api/subscriptions', status: 422, durationMs: 3.4, note: 'Refused' }),
    ]);
    expect(await firstRow()).toMatch(/POST\/api\/subscriptions422Refused3 ms$/);
  });

  it('shows repeats as one row: how often, since when, and whether for other paths', async () => {
    show([request({ count: 1620, firstAt: MOMENT - 60_000, hasOtherPaths: true })]);
    const words = await screen.findByText(/^1,620 times since \d\d:\d\d:\d\d, with several paths$/);
    expect(words).toBeTruthy();
    expect(await firstRow()).toContain('and others');
  });

  it('says that it keeps the last ones only, once it is full', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => request({ id: index + 1 }));
    const { engine } = show(many(KEPT_REQUESTS - 1));
    await screen.findByRole('grid');
    expect(screen.queryByText(/are kept, until Pushdesk quits/)).toBeNull();
    engine.answer({ server: { requests: () => many(KEPT_REQUESTS) } });
    engine.publish('requests');
    expect(await screen.findByText('Only the last 200 are kept, until Pushdesk quits.')).toBeTruthy();
  });
});
