import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ServerStatus } from '../../../electron/contract/server.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { runningServer } from '../../testing/standard-answers.ts';
import { ServerNotices } from './ServerNotices.tsx';

const PROBLEM = { code: 'busy', cause: 'Port 4830 is busy.', cure: 'Choose another.' };
const GROWTH = { code: 'growth', cause: '200 new subscriptions came within an hour.', cure: 'Look at them.' };

const show = (status: Partial<ServerStatus>, path = '/') =>
  renderWith(<ServerNotices />, {
    path,
    answers: { server: { status: () => ({ ...runningServer, ...status }) } },
  });

describe('what the server has to say', () => {
  it('is why it could not start, and nothing of a move to another port', async () => {
    const { engine } = show({ problem: PROBLEM });
    await expect.poll(() => engine.inputsOf('server.status').length).toBeGreaterThan(0);
    expect(noticeTexts()).toEqual([]);
    engine.answer({ server: { status: () => ({ ...runningServer, state: 'failed', problem: PROBLEM }) } });
    engine.publish('server');
    await expect.poll(noticeTexts).toEqual(['Port 4830 is busy.Choose another.']);
    expect(noticeWith('Port 4830').getAttribute('role')).toBe('status');
  });

  it.each([
    ['Let more in', true],
    ['Dismiss', false],
  ])('is an unusual growth, answered with “%s”', async (name, letMoreIn) => {
    const { user, engine } = show({ growth: GROWTH });
    engine.answer({ server: { answerGrowth: () => runningServer } });
    await user.click(await screen.findByRole('button', { name }));
    await expect.poll(noticeTexts).toEqual([]);
    expect(engine.inputsOf('server.answerGrowth')).toEqual([{ letMoreIn }]);
  });

  it('leads to the subscriptions, where one is not there already', async () => {
    const { user, path } = show({ growth: GROWTH });
    await user.click(await screen.findByRole('button', { name: 'Go to Subscriptions' }));
    expect(path()).toBe('/subscriptions');
    expect(screen.queryByRole('button', { name: 'Go to Subscriptions' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Dismiss' })).toBeTruthy();
  });

  it('stays, with the reason, where the answer was refused', async () => {
    const { user, engine } = show({ growth: GROWTH });
    engine.answer({
      server: {
        answerGrowth: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Let more in' }));
    await expect.poll(noticeTexts).toHaveLength(2);
    expect(noticeWith('The disk is full.')).toBeTruthy();
  });
});
