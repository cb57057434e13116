import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Overview } from '../../../electron/contract/overview.ts';
import { describePrivateHalf } from '../../../electron/core/keys/private-half.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleOverview } from '../../testing/samples.ts';
import { appInfo, runningServer } from '../../testing/standard-answers.ts';
import { OverviewScreen } from './OverviewScreen.tsx';

const NEW = { keys: false, subscription: false, send: false };
const totals = (change: Partial<Overview['totals']> = {}) => ({ ...sampleOverview().totals, ...change });

const show = (overview: Partial<Overview>, answers: Answers = {}) =>
  renderWith(<OverviewScreen />, {
    answers: { ...answers, app: { overview: () => sampleOverview(overview), ...answers.app } },
  });
const button = (name: string) => screen.queryByRole<HTMLButtonElement>('button', { name });
const press = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });
const steps = async () =>
  within(await screen.findByRole('region', { name: 'Your first notification, in three steps' })).getAllByRole(
    'listitem',
  );

describe('the first three steps', () => {
  it('can be taken one after the other; the way to the first leads into its dialog', async () => {
    const { user, path } = show({ steps: NEW });
    const generate = await press('Generate keys');
    expect(button('Open subscribe page')?.disabled).toBe(true);
    expect(button('Compose')?.disabled).toBe(true);
    await user.click(generate);
    expect(path()).toBe('/keys');
  });

  it('are ticked by what is there, and the next one is at hand', async () => {
    const { user, path } = show({ steps: { ...NEW, keys: true } });
    const [keys, subscription, send] = await steps();
    expect(keys?.textContent).toContain('Done');
    expect(keys && within(keys).queryByRole('button')).toBeNull();
    expect(subscription?.textContent).not.toContain('Done');
    expect(send && within(send).getByRole<HTMLButtonElement>('button', { name: 'Compose' }).disabled).toBe(
      true,
    );
    await user.click(await press('Import'));
    expect(path()).toBe('/subscriptions');
  });

  it('say where the page is while that is not where the settings say', async () => {
    const problem = { code: 'moved', cause: 'Busy.', cure: 'Free it.' };
    show(
      { steps: { ...NEW, keys: true } },
      {
        server: { status: () => ({ ...runningServer, port: 4831, url: 'http://localhost:4831/', problem }) },
      },
    );
    expect(await screen.findByText(/because another program uses port/)).toBeTruthy();
    expect((await steps())[1]?.textContent).toContain('http://localhost:4831/');
  });

  it('say why the page did not open, with its address where only a browser is missing', async () => {
    const { user } = show(
      { steps: { ...NEW, keys: true } },
      {
        server: {
          openSubscribePage: () =>
            refuse({ code: 'no-browser', cause: 'No browser opened.', cure: 'Open it.' }),
        },
      },
    );
    await user.click(await press('Open subscribe page'));
    await expect.poll(noticeTexts).toHaveLength(1);
    expect(
      within(noticeWith('No browser opened.')).getByRole('button', { name: 'Copy address' }),
    ).toBeTruthy();
  });

  it('are over once all is done: then Compose is at hand', async () => {
    const { user, path } = show({});
    await user.click(await press('Compose'));
    expect(path()).toBe('/compose');
    expect(screen.queryByText('Your first notification, in three steps')).toBeNull();
  });
});

describe('keys that cannot sign', () => {
  it('are to be unlocked where they are locked', async () => {
    show(
      { keyProblem: describePrivateHalf('locked', 'My site', true) },
      { app: { info: () => ({ ...appInfo, keyRing: 'locked' }) } },
    );
    expect(await press('Unlock key ring')).toBeTruthy();
  });

  it('lead to Keys, and never offer a newcomer others instead', async () => {
    const { user, path } = show({ steps: NEW, keyProblem: describePrivateHalf('missing', 'My site', true) });
    expect((await steps())[0]?.textContent).toContain('Get your keys back');
    expect(button('Generate keys')).toBeNull();
    await user.click(
      within(noticeWith('is not on this computer')).getByRole('button', { name: 'Open Keys' }),
    );
    expect(path()).toBe('/keys');
  });

  it('make no newcomer of somebody who has sent', async () => {
    show({
      steps: { keys: false, subscription: true, send: true },
      keyProblem: describePrivateHalf('locked', 'My site', true),
      totals: totals({ campaigns: 3 }),
    });
    await screen.findByText(/is locked, because your key ring is locked/);
    expect(screen.queryByText('Your first notification, in three steps')).toBeNull();
    expect(button('Compose')).toBeNull();
  });
});

describe('the figures', () => {
  const figure = async (name: string) => {
    const term = (await screen.findAllByRole('term')).find(({ textContent }) => textContent === name);
    return term?.nextElementSibling?.textContent;
  };

  it('are left out while there is nothing', async () => {
    show({ steps: NEW });
    await steps();
    expect(screen.queryByRole('term')).toBeNull();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('tell how it goes, with shares of what is done', async () => {
    show(
      {
        totals: totals({
          subscriptions: 1388,
          activeSubscriptions: 1204,
          campaigns: 9,
          campaignsUnderWay: 2,
          accepted: 985,
          failed: 10,
          gone: 5,
        }),
        days: [
          { day: Date.UTC(2026, 2, 2), accepted: 985, failed: 0, gone: 5 },
          { day: Date.UTC(2026, 2, 3), accepted: 0, failed: 10, gone: 0 },
        ],
        services: [
          { pushService: 'mozilla', active: 233, accepted: 985, failed: 10, gone: 5 },
          { pushService: 'apple', active: 1, accepted: 0, failed: 0, gone: 0 },
        ],
      },
      { campaigns: { list: () => ({ items: [], nextCursor: null }) } },
    );
    await screen.findByText('0 in 7 days');
    expect(await figure('Subscriptions')).toBe('1,204active, 1,388 in all0 in 7 days');
    expect(await figure('Campaigns')).toBe('92 in progress');
    expect(await figure('Accepted')).toBe('98598.5% of those done');
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    expect(rows.map(({ textContent }) => textContent)).toEqual(['Mozilla233985 98.5%105', 'Apple10 –00']);
    expect(
      screen.getByRole('slider', { name: 'Deliveries of the last 2 days' }).getAttribute('aria-valuetext'),
    ).toBe('985 accepted, 10 failed, 5 gone');
  });

  it('say no share of nothing', async () => {
    show({ totals: totals({ subscriptions: 1, activeSubscriptions: 1 }) });
    expect(await figure('Accepted')).toBe('0by push services');
    expect(await figure('Campaigns')).toBe('0none in progress');
  });
});

it('the overview says why it cannot be read, and reads again', async () => {
  const { user, engine } = show(
    {},
    {
      app: { overview: () => refuse({ code: 'x', cause: 'The file is locked.', cure: 'Close it.' }) },
    },
  );
  await screen.findByText('The file is locked.');
  engine.answer({ app: { overview: () => sampleOverview() } });
  await user.click(await press('Try again'));
  expect(await press('Compose')).toBeTruthy();
});
