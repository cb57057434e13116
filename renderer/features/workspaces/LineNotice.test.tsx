import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../../electron/contract/workspaces.ts';
import { fakeWorkspaces, shopWorkspace } from '../../testing/fake-workspaces.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { LineNotice } from './LineNotice.tsx';

const at = (time: string) => new Date(`2026-11-29T${time}`).getTime();
const LOST: Line = {
  state: 'lost',
  problem: {
    code: 'line-stopped',
    cause: 'Pushdesk on push.example.org was stopped.',
    cure: 'Start it there.',
  },
  since: at('14:02:11'),
  nextTryAt: at('14:02:15'),
  isTrying: false,
  wants: 'nothing',
};

function shownWith(line: Line) {
  const app = fakeWorkspaces(
    { current: shopWorkspace, line },
    { tryNow: () => ({ tried: true }), giveToken: () => ({ tried: true }) },
  );
  return { app, ...renderWith(<LineNotice />, { workspaces: app.connection }) };
}

describe('a lost line', () => {
  it('says why, how old what is shown is, and when it is tried again', async () => {
    const { app, user } = shownWith(LOST);
    const notice = screen.getByRole('status');
    expect(notice.textContent).toContain('Pushdesk on push.example.org was stopped.');
    expect(notice.textContent).toContain('What you see is as of 14:02:11; what you type stays here.');
    expect(notice.textContent).toContain('Next try at 14:02:15.');
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(app.calls).toEqual([{ name: 'tryNow', input: undefined }]);
  });

  it('asks for another token where that is what is wanted', async () => {
    const { app, user } = shownWith({ ...LOST, nextTryAt: null, wants: 'token' });
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
    await user.type(screen.getByLabelText('Owner token for push.example.org'), ' pushdesk_b ');
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(app.calls).toEqual([{ name: 'giveToken', input: { token: 'pushdesk_b' } }]);
  });

  it('goes when the line is back', () => {
    const { app } = shownWith(LOST);
    act(() => {
      app.show({ line: { state: 'open' } });
    });
    expect(screen.queryByRole('status')).toBeNull();
  });
});

it('says nothing of an engine on this machine', () => {
  shownWith({ state: 'here' });
  expect(screen.queryByRole('status')).toBeNull();
});
