import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { held, refuse } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { sampleCampaign, samplePreflight } from '../../testing/samples.ts';
import { ComposeScreen } from './ComposeScreen.tsx';
import { WRITTEN, button, field, paste, show, started, unfold } from './testing/show-compose.tsx';

describe('a press of Send', () => {
  it('asks once above one recipient, with what is left out, and sends nothing after a no', async () => {
    const { user, engine } = await show({
      preflight: {
        recipients: 1204,
        sentences: ['1,204 recipients get it, all at Google.', '1 is left out: gone.'],
      },
    });
    await user.click(button('Send'));
    const dialog = await screen.findByRole('dialog', { name: 'Send to 1,204 recipients?' });
    expect(dialog.textContent).toContain('“Good morning”');
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['1,204 recipients get it, all at Google.', '1 is left out: gone.']);
    expect(dialog.textContent).toContain('Sent messages can’t be recalled.');
    await user.click(within(dialog).getByRole('button', { name: 'Keep writing' }));
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
    expect(started(engine)).toEqual([]);
  });

  it('starts one campaign after a yes, leads to it, and empties the draft', async () => {
    const { user, engine, path } = await show({ campaigns: { start: () => sampleCampaign({ id: 9 }) } });
    await user.keyboard('{Control>}{Enter}{/Control}');
    await user.click(await screen.findByRole('button', { name: 'Send to 10' }));
    await expect.poll(path).toBe('/campaigns/9');
    expect(started(engine)).toHaveLength(1);
    expect(engine.inputsOf('drafts.save')).toEqual([]);
  });

  it('asks nothing for one recipient, and starts once however often it is pressed', async () => {
    const start = held(sampleCampaign());
    const { user, engine, path } = await show({
      preflight: { recipients: 1 },
      campaigns: { start: start.answer },
    });
    await user.click(button('Send'));
    await user.keyboard('{Control>}{Enter}{Enter}{/Control}');
    start.release();
    await expect.poll(path).toBe('/campaigns/1');
    expect(started(engine)).toHaveLength(1);
  });

  it('says that there is no title, leads to it, and says it no longer once there is one', async () => {
    const blockers = [
      { code: 'title-missing', cause: 'It has no title.', cure: 'Write one.', field: 'title' },
    ];
    const { user, engine } = await show({ draft: null, preflight: { blockers } });
    await user.click(button('Send'));
    await screen.findByText(/^Fix 1 field: /);
    await user.click(within(noticeWith('Fix 1 field:')).getByRole('button', { name: 'Title' }));
    expect(document.activeElement).toBe(field('Title'));
    expect(field('Title').getAttribute('aria-invalid')).toBe('true');
    engine.answer({ campaigns: { preflight: () => samplePreflight() } });
    await user.keyboard('G');
    await expect.poll(noticeTexts).toEqual([]);
    expect(field('Title').getAttribute('aria-invalid')).not.toBe('true');
  });

  it('lists every field that is wrong until it is right', async () => {
    const shown = await show();
    const { user } = shown;
    await paste(shown, 'URL', 'javascript:alert(1)');
    await unfold(shown, 'Delivery');
    await paste(shown, 'Topic', 'two words');
    expect(noticeTexts()).toEqual([]);
    await user.click(button('Send'));
    await expect.poll(noticeTexts).toEqual(['Fix 2 fields: URL, Topic.']);
    await user.clear(field('URL'));
    await expect.poll(noticeTexts).toEqual(['Fix 1 field: Topic.']);
    await user.clear(field('Topic'));
    await expect.poll(noticeTexts).toEqual([]);
  });

  it('says what else stands against it, with the way to the cure, until something changes', async () => {
    const blockers = [
      { code: 'no-keys', cause: 'There is no key pair.', cure: 'Generate one.' },
      { code: 'nobody-to-send-to', cause: 'Nobody has subscribed.', cure: 'Invite them.' },
    ];
    const { user, path } = await show({ preflight: { blockers } });
    await user.click(button('Send'));
    await expect.poll(noticeTexts).toHaveLength(1);
    const notice = within(noticeWith('Not sent:'));
    expect(notice.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'There is no key pair. Generate one.',
      'Nobody has subscribed. Invite them.',
    ]);
    expect(document.activeElement?.contains(noticeWith('Not sent:'))).toBe(true);
    await user.type(field('Body'), 'x');
    expect(noticeTexts()).toEqual([]);
    await user.click(button('Send'));
    await user.click(await screen.findByRole('button', { name: 'Open Subscriptions' }));
    expect(path()).toBe('/subscriptions');
  });

  it('says why the engine did not start it, and keeps what was written', async () => {
    const { user } = await show({
      preflight: { recipients: 1 },
      campaigns: { start: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }) },
    });
    await user.click(button('Send'));
    await expect.poll(noticeTexts).toEqual(['The disk is full. Make room.']);
    expect(field('Title').value).toBe('Good morning');
  });

  it('wants somebody chosen', async () => {
    const { user, engine } = await show({ draft: { ...WRITTEN, audience: null } });
    await user.click(button('Send'));
    await expect.poll(noticeTexts).toEqual(['No recipients chosen. Choose who gets it under Recipients.']);
    expect(started(engine)).toEqual([]);
  });
});

it('a start that is answered after the screen was left leads nowhere, and its draft has gone from Compose', async () => {
  const start = held(sampleCampaign({ id: 9 }));
  const { user, engine, rerender, path } = await show({
    preflight: { recipients: 1 },
    campaigns: { start: start.answer },
  });
  await user.click(button('Send'));
  await expect.poll(() => started(engine)).toHaveLength(1);
  rerender(<p>Another screen</p>);
  engine.answer({ drafts: { list: () => ({ items: [], nextCursor: null }) } });
  start.release();
  await start.answer();
  rerender(
    <Route path="/compose/:act?">
      <ComposeScreen />
    </Route>,
  );
  await expect.poll(() => screen.queryByRole<HTMLInputElement>('textbox', { name: 'Title' })?.value).toBe('');
  expect(path()).toBe('/compose');
});
