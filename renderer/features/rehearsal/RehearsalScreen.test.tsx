import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleDelivery, sampleDetail, sampleRehearsal } from '../../testing/samples.ts';
import { RehearsalScreen } from './RehearsalScreen.tsx';

const show = (rehearsal: Rehearsal | null, more: Answers['rehearsal'] = {}) =>
  renderWith(
    <Route path="/rehearsal/:delivery?">
      <RehearsalScreen />
    </Route>,
    {
      path: '/rehearsal',
      answers: {
        rehearsal: {
          current: () => rehearsal,
          campaigns: {
            get: ({ id }) => sampleDetail({ id, kind: 'rehearsal' }),
            deliveries: () => ({ items: [sampleDelivery({ id: 7 })], nextCursor: null }),
            delivery: ({ id }) => ({
              ...sampleDelivery({ id }),
              publicKey: null,
              personal: null,
              attempts: [],
            }),
          },
          ...more,
        },
      },
    },
  );
const banner = () => screen.findByText('Rehearsal: nothing left this machine');
const figures = async () => (await banner()).nextElementSibling?.textContent;
const end = () => screen.findByRole('button', { name: 'End rehearsal' });

describe('the screen of a rehearsal', () => {
  it('leads to Compose while there is none', async () => {
    const { user, path } = show(null);
    await user.click(await screen.findByRole('button', { name: 'Open Compose' }));
    expect(path()).toBe('/compose');
  });

  it('says how many devices have subscribed before anything is sent', async () => {
    show(sampleRehearsal({ state: 'registering', registered: 1204, devices: 10_000, campaignId: null }));
    expect(await screen.findByText('1,204 of 10,000 virtual devices have subscribed')).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('12.04');
    expect(await figures()).toBe('10,000 virtual devices');
  });

  it('says why it could not go on', async () => {
    const problem = { code: 'full', cause: 'The disk is full.', cure: 'Make room.' };
    show(sampleRehearsal({ state: 'failed', campaignId: null, problem }));
    await expect.poll(() => noticeTexts().join()).toContain('The disk is full.Make room.');
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it.each<[Partial<Rehearsal>, string]>([
    [{}, '985 shown on virtual devices'],
    [
      { record: { received: 0, accepted: 0, shown: 985, undecryptable: 3 } },
      '985 shown on virtual devices, 3 could not be decrypted',
    ],
    [
      { decrypts: 'sample' },
      '985 shown on virtual devices. With this many devices, 1 message in 100 is decrypted as a sample',
    ],
  ])('tells what was shown, which real push services never do: %o', async (change, words) => {
    show(
      sampleRehearsal({ record: { received: 1000, accepted: 990, shown: 985, undecryptable: 0 }, ...change }),
    );
    expect(await figures()).toBe(words);
  });

  it('opens its deliveries at their own address', async () => {
    const { user, path } = show(sampleRehearsal());
    await user.click(await screen.findByRole('gridcell', { name: 'Mozilla' }));
    expect(path()).toBe('/rehearsal/7');
    await screen.findByRole('dialog', { name: 'Delivery at Mozilla' });
    await user.keyboard('{Escape}');
    expect(path()).toBe('/rehearsal');
  });
});

describe('ending a rehearsal', () => {
  it('is asked about while it runs', async () => {
    const { user, engine, path } = show(sampleRehearsal(), { stop: () => null });
    await user.click(await end());
    const dialog = await screen.findByRole('dialog', { name: 'End this rehearsal?' });
    await user.click(within(dialog).getByRole('button', { name: 'Keep it running' }));
    expect(engine.inputsOf('rehearsal.stop')).toEqual([]);
    await user.click(await end());
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'End rehearsal' }),
    );
    await expect.poll(path).toBe('/compose');
    expect(await screen.findByText('Rehearsal ended and discarded.')).toBeTruthy();
  });

  it('is not asked about once it is over, and says why it did not happen', async () => {
    const { user, path } = show(sampleRehearsal({ state: 'finished' }), {
      stop: () => refuse({ code: 'busy', cause: 'A file is in use.', cure: 'Close it.' }),
    });
    await user.click(await end());
    await expect.poll(() => noticeTexts().join()).toContain('A file is in use.');
    expect(noticeWith('A file is in use.').getAttribute('role')).toBe('alert');
    expect(path()).toBe('/rehearsal');
  });

  it('is still asked about when the message begins to be sent meanwhile', async () => {
    const registering = sampleRehearsal({ state: 'registering', campaignId: null });
    const { user, engine } = show(registering, { stop: () => null });
    await user.click(await end());
    const dialog = await screen.findByRole('dialog', { name: 'End this rehearsal?' });
    engine.answer({ rehearsal: { current: () => sampleRehearsal() } });
    engine.publish('rehearsal');
    await screen.findByRole('grid', { name: 'Deliveries', hidden: true });
    await user.click(within(dialog).getByRole('button', { name: 'End rehearsal' }));
    await expect.poll(() => engine.inputsOf('rehearsal.stop')).toHaveLength(1);
  });

  it('says in an open question that it has finished meanwhile', async () => {
    const { user, engine } = show(sampleRehearsal());
    await user.click(await end());
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('It is still running.');
    engine.answer({ rehearsal: { current: () => sampleRehearsal({ state: 'finished' }) } });
    engine.publish('rehearsal');
    await expect.poll(() => dialog.textContent).toContain('It has finished.');
  });
});
