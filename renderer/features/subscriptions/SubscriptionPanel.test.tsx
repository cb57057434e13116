import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { draftAnswers } from '../../testing/draft-answers.ts';
import { renderWith } from '../../testing/render-with.tsx';
import {
  campaignId,
  deliveryId,
  MOMENT,
  sampleAct,
  sampleCampaign,
  sampleDelivery,
  sampleSubscription,
  TOKEN_REFUSED,
} from '../../testing/samples.ts';
import { SubscriptionPanel } from './SubscriptionPanel.tsx';
import { useSubscriptionActs } from './use-subscription-acts.ts';

const onDone = vi.fn();
const onClose = vi.fn();

function Panel({ row }: { row: Subscription }) {
  return <SubscriptionPanel takesFocus row={row} acts={useSubscriptionActs(onDone)} onClose={onClose} />;
}

const NOTHING_SENT = () => ({ items: [], nextCursor: null });

function show(
  change: Parameters<typeof sampleSubscription>[0] = {},
  answers: Answers['subscriptions'] = {},
  drafts: Answers['drafts'] = {},
) {
  onDone.mockReset();
  onClose.mockReset();
  return renderWith(<Panel row={sampleSubscription(change)} />, {
    answers: { drafts, subscriptions: { deliveries: NOTHING_SENT, ...answers } },
  });
}

const button = (name: string) => screen.queryByRole('button', { name });
const fact = (name: string) => screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

describe('the panel of a subscription', () => {
  it('offers to send to one that is active only, and to restore what lies in the bin', () => {
    const { rerender } = show();
    expect(button('Send to this one')).not.toBeNull();
    expect(button('Restore')).toBeNull();
    rerender(<Panel row={sampleSubscription({ state: 'gone' })} />);
    expect(button('Send to this one')).toBeNull();
    expect(button('Delete')).not.toBeNull();
    rerender(<Panel row={sampleSubscription({ deletedAt: MOMENT })} />);
    expect(button('Send to this one')).toBeNull();
    expect(button('Delete')).toBeNull();
    expect(button('Restore')).not.toBeNull();
  });

  it('explains a state that is not active, and a remark of the import', () => {
    show({ state: 'mismatched', remark: 'Its auth secret has 32 bytes.' });
    expect(noticeTexts()).toEqual([
      expect.stringContaining('different key than the one used to send'),
      'Its auth secret has 32 bytes.',
    ]);
  });

  it.each([
    [{}, 'Baker Street News'],
    [{ keyPairName: null }, 'Not held on this machine'],
    [{ keyPairName: null, publicKey: null }, 'Unknown'],
  ])('says whose key it was made with: %o', (change, words) => {
    show(change);
    expect(fact('Key pair')).toBe(words);
  });

  it('says what became of the last message, and where it came from', () => {
    const { rerender } = show({ source: 'import' });
    expect(fact('Last delivery')).toBe('None yet');
    expect(fact('Source')).toBe('Import');
    rerender(<Panel row={sampleSubscription({ lastDelivery: { at: Date.now(), state: 'failed' } })} />);
    expect(fact('Last delivery')).toBe('Failed just now');
    expect(fact('Source')).toBe('Subscribe page');
  });

  it('is called by its label, with what cannot be seen written out', () => {
    show({ label: 'هاتف \u202Eإيرين' });
    const heading = screen.getByRole('heading', { level: 2 });
    expect(heading.dir).toBe('auto');
    expect(heading.textContent).toContain('\\u202E');
  });
});

describe('the acts of a subscription', () => {
  it('delete it with a way back', async () => {
    const { user, engine } = show(
      {},
      { acts: { start: () => sampleAct(), undo: () => sampleAct({ state: 'undone', restored: 1 }) } },
    );
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('1 subscription moved to the bin.')).toBeTruthy();
    expect(onDone).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Undone for 1 subscription.')).toBeTruthy();
    expect(engine.inputsOf('subscriptions.acts.start')).toEqual([
      { target: { ids: [1] }, act: { kind: 'bin' } },
    ]);
    expect(engine.inputsOf('subscriptions.acts.undo')).toEqual([{ id: sampleAct().id }]);
  });

  it('say in a toast why it was not deleted', async () => {
    const { user } = show(
      {},
      { acts: { start: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }) } },
    );
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('The disk is full. Make room.')).toBeTruthy();
    expect(onDone).not.toHaveBeenCalled();
  });

  it('restore it from the bin', async () => {
    const { user } = show(
      { deletedAt: MOMENT },
      { acts: { start: () => sampleAct({ act: { kind: 'restore' } }) } },
    );
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    expect(await screen.findByText('1 subscription restored.')).toBeTruthy();
  });

  it('copy it as JSON, and say where the clipboard was refused', async () => {
    const { user } = show({}, { exportJson: () => ({ text: '[\n{"endpoint":"x"}\n]' }) });
    await user.click(screen.getByRole('button', { name: 'Copy as JSON' }));
    expect(await screen.findByText('1 subscription copied as JSON.')).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe('[\n{"endpoint":"x"}\n]');
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No.', 'NotAllowedError'));
    await user.click(screen.getByRole('button', { name: 'Copy as JSON' }));
    expect(await screen.findByText('Could not copy. Click into the window and try again.')).toBeTruthy();
  });

  it('take it to Compose as the audience, and keep what is written there', async () => {
    const { user, engine, path } = show(
      {},
      {},
      draftAnswers({ message: { title: 'Hello' }, audience: null }),
    );
    await user.click(screen.getByRole('button', { name: 'Send to this one' }));
    await expect.poll(path).toBe('/compose');
    expect(engine.inputsOf('drafts.save')).toMatchObject([
      { message: { title: 'Hello' }, audience: { kind: 'chosen', ids: [1] } },
    ]);
  });
});

describe('a test to a subscription', () => {
  async function send(what: string, title: string, start: () => unknown) {
    const rendered = show({ id: 7 }, {}, draftAnswers({ message: { title, body: 'World' } }));
    rendered.engine.answer({ campaigns: { start: start as never } });
    await rendered.user.click(screen.getByRole('button', { name: 'Send test' }));
    await rendered.user.click(await screen.findByRole('menuitem', { name: what }));
    return rendered;
  }
  const audience = { kind: 'chosen', ids: [7] };

  it.each([
    ['A short test message', 'Test message'],
    ['The draft in Compose', 'Hello'],
  ])('is %s, to it alone', async (what, title) => {
    const { engine } = await send(what, 'Hello', () => sampleCampaign({ kind: 'test' }));
    expect(await screen.findByText('Sent. The outcome appears under Deliveries.')).toBeTruthy();
    expect(engine.inputsOf('campaigns.start')).toMatchObject([{ message: { title }, audience, test: true }]);
  });

  it('is not sent while the draft is not ready, and says what to do instead', async () => {
    const { engine } = await send('The draft in Compose', '', () => sampleCampaign());
    await expect.poll(() => noticeTexts().join(' ')).toContain('The draft in Compose has no title yet');
    expect(engine.inputsOf('campaigns.start')).toEqual([]);
  });

  it('says why it was refused', async () => {
    await send('A short test message', '', () =>
      refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }),
    );
    await expect.poll(() => noticeTexts().join(' ')).toContain('The disk is full.');
  });

  it('is not offered where nothing would arrive', () => {
    show({ state: 'gone' });
    expect(button('Send test')).toBeNull();
  });
});

describe('what was sent to a subscription', () => {
  const sent = (id: number, messageTitle: string) => ({
    ...sampleDelivery({ id, campaignId: campaignId(9) }),
    messageTitle,
  });

  it('is nothing yet, and stays on screen where reading again fails', async () => {
    const { engine } = show();
    expect(await screen.findByText('Nothing has been sent to it yet.')).toBeTruthy();
    engine.answer({
      subscriptions: { deliveries: () => refuse({ code: 'x', cause: 'It cannot be read.', cure: 'Wait.' }) },
    });
    engine.publish('subscriptions');
    await expect.poll(() => engine.inputsOf('subscriptions.deliveries').length).toBe(2);
    expect(screen.getByText('Nothing has been sent to it yet.')).toBeTruthy();
  });

  it('leads to each delivery in its campaign, with what went wrong', async () => {
    show(
      {},
      {
        deliveries: () => ({
          items: [{ ...sent(7, 'خبر عاجل'), state: 'failed', diagnosis: TOKEN_REFUSED }],
          nextCursor: null,
        }),
      },
    );
    const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'خبر عاجل' });
    expect(link.getAttribute('href')).toBe('/campaigns/9/7');
    expect(link.dir).toBe('auto');
    expect(link.closest('li')?.textContent).toContain('The token was rejected.');
  });

  it('says that one waits for its own time or for quiet hours, and speaks of no retry', async () => {
    show(
      {},
      {
        deliveries: () => ({
          items: [{ ...sent(7, 'After breakfast'), state: 'waiting', nextAttemptAt: MOMENT }],
          nextCursor: null,
        }),
      },
    );
    expect(
      await screen.findByText(/^Held until .* for the recipient’s own time or quiet hours$/),
    ).toBeTruthy();
    expect(screen.getByText('Waiting')).toBeTruthy();
    expect(screen.queryByText('Retrying')).toBeNull();
  });

  it('goes on with older ones as long as there are any', async () => {
    const { user } = show(
      {},
      {
        deliveries: ({ cursor }) =>
          cursor === null || cursor === undefined
            ? { items: [sent(2, 'Newer')], nextCursor: '2' }
            : { items: [sent(1, 'Older')], nextCursor: null },
      },
    );
    await user.click(await screen.findByRole('button', { name: 'Show older deliveries' }));
    await screen.findByRole('link', { name: 'Older' });
    const list = within(screen.getByRole('region', { name: 'Deliveries' }));
    expect(list.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['Newer', 'Older']);
    expect(button('Show older deliveries')).toBeNull();
  });
});

describe('the history of a subscription', () => {
  it('has each change of its state between the deliveries, with what brought it', async () => {
    const HOUR = 3_600_000;
    show(
      { state: 'gone' },
      {
        deliveries: () => ({
          items: [
            { ...sampleDelivery({ id: 7, state: 'gone', updatedAt: MOMENT }), messageTitle: 'The last one' },
            { ...sampleDelivery({ id: 6, updatedAt: MOMENT - 2 * HOUR }), messageTitle: 'The first one' },
          ],
          nextCursor: null,
        }),
        states: () => ({
          items: [
            {
              id: 2,
              at: MOMENT,
              from: 'active',
              to: 'gone',
              bin: null,
              cause: 'delivery',
              delivery: { id: deliveryId(7), campaignId: campaignId(1) },
            },
            {
              id: 1,
              at: MOMENT - HOUR,
              from: 'active',
              to: 'active',
              bin: 'out',
              cause: 'person',
              delivery: null,
            },
          ],
        }),
      },
    );
    await screen.findByText('Active → Gone');
    const entries = within(screen.getByRole('region', { name: 'Deliveries' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(entries).toEqual([
      expect.stringContaining('Active → Gone'),
      expect.stringContaining('The last one'),
      expect.stringContaining('Restored from the bin'),
      expect.stringContaining('The first one'),
    ]);
    expect(screen.getByRole('link', { name: 'See the answer' }).getAttribute('href')).toBe('/campaigns/1/7');
  });
});
