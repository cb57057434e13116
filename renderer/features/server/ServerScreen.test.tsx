import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ServerStatus } from '../../../electron/contract/server.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { runningServer } from '../../testing/standard-answers.ts';
import { ServerScreen } from './ServerScreen.tsx';

const show = (status: Partial<ServerStatus> = {}) =>
  renderWith(<ServerScreen />, {
    answers: { server: { status: () => ({ ...runningServer, ...status }), requests: () => [] } },
  });
const open = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Open subscribe page' });

describe('the screen of the server', () => {
  it('opens the subscribe page only while there is one', async () => {
    const { engine } = show({ state: 'stopped', url: null });
    await screen.findByRole('switch', { name: 'Embedded server' });
    expect(open().disabled).toBe(true);
    engine.answer({ server: { status: () => runningServer } });
    engine.publish('server');
    await expect.poll(() => open().disabled).toBe(false);
  });

  it('offers the address where no browser opens, and the bare reason else', async () => {
    const { user, engine } = show();
    engine.answer({
      server: {
        openSubscribePage: () =>
          refuse({ code: 'no-browser', cause: 'No browser opened.', cure: 'Open it.' }),
      },
    });
    await screen.findByRole('switch', { name: 'Embedded server' });
    await user.click(open());
    await expect.poll(noticeTexts).toHaveLength(1);
    expect(noticeWith('No browser opened.').textContent).toContain('Copy address');
    engine.answer({
      server: { openSubscribePage: () => refuse({ code: 'off', cause: 'It is off.', cure: 'Turn it on.' }) },
    });
    await user.click(open());
    await expect.poll(() => noticeTexts().join()).toContain('It is off.');
    expect(noticeWith('It is off.').textContent).not.toContain('Copy address');
  });

  it('says that it runs at another port than was asked for', async () => {
    show({
      port: 4831,
      problem: { code: 'moved', cause: 'Port 4830 is busy, so 4831 is used.', cure: 'Free it.' },
    });
    await expect.poll(noticeTexts).toEqual(['Port 4830 is busy, so 4831 is used.Free it.']);
  });
});
