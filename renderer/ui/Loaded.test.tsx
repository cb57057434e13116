import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { holdClock } from '../testing/hold-clock.ts';
import { renderWith } from '../testing/render-with.tsx';
import { Loaded, type Loadable } from './Loaded.tsx';

const LOADING: Loadable<string> = { data: undefined, problem: null, retry: () => undefined };
const PROBLEM = { code: 'locked', cause: 'The file is locked.', cure: 'Close the other program.' };
const view = (of: Partial<Loadable<string>>) => (
  <Loaded of={{ ...LOADING, ...of }}>{(data) => <p>{data}</p>}</Loaded>
);

describe('what is loaded', () => {
  it('shows nothing for a blink, then that it is loading, then the data', () => {
    const pass = holdClock();
    const { rerender } = renderWith(view({}));
    pass(149);
    expect(screen.queryByLabelText('Loading')).toBeNull();
    pass(1);
    expect(screen.getByRole('status', { name: 'Loading' }).getAttribute('aria-busy')).toBe('true');
    rerender(view({ data: 'Rows' }));
    expect(screen.queryByLabelText('Loading')).toBeNull();
    expect(screen.getByText('Rows')).toBeTruthy();
  });

  it('says why it failed, and can be tried again', async () => {
    const retry = vi.fn();
    const { user } = renderWith(view({ problem: PROBLEM, retry }));
    expect(screen.getByRole('alert').textContent).toContain('The file is locked.Close the other program.');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('keeps what it has where reading again fails, also nothing', () => {
    const { rerender } = renderWith(view({ data: 'Rows', problem: PROBLEM }));
    expect(screen.getByText('Rows')).toBeTruthy();
    rerender(<Loaded of={{ ...LOADING, data: null, problem: PROBLEM }}>{() => <p>None</p>}</Loaded>);
    expect(screen.getByText('None')).toBeTruthy();
  });
});
