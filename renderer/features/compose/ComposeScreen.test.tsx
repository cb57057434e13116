import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { draftAnswers, REQUEST_ID } from '../../testing/draft-answers.ts';
import { sampleCampaign, samplePreflight, sampleSubscription } from '../../testing/samples.ts';
import { SCREEN, WRITTEN, button, field, paste, show, started, unfold } from './testing/show-compose.tsx';

describe('the order of Tab', () => {
  it('goes from the title through the form to Send', async () => {
    await show();
    const comesBefore = (one: Element, other: Element) =>
      (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    for (const later of [field('Body'), button('Send test'), button('Rehearse'), button('Send')])
      expect(comesBefore(field('Title'), later)).toBe(true);
    expect(comesBefore(field('URL'), button('Send'))).toBe(true);
    for (const one of [field('Title'), button('Send')]) expect(one.tabIndex).toBe(0);
  });

  it('has what keeps it from being sent before the title', async () => {
    const shown = await show();
    await paste(shown, 'URL', 'javascript:alert(1)');
    await shown.user.click(button('Send'));
    const list = await screen.findByText(/^Fix 1 field: /);
    expect(list.compareDocumentPosition(field('Title')) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  });
});

describe('what is written', () => {
  it('is kept after a moment, and at once when the screen is left', async () => {
    const { user, engine, rerender } = await show();
    await user.type(field('Title'), '!');
    await expect
      .poll(() => engine.inputsOf('drafts.save').at(-1))
      .toMatchObject({ message: { title: 'Good morning!' } });
    await user.type(field('Title'), '?');
    rerender(null);
    await expect
      .poll(() => engine.inputsOf('drafts.save').at(-1))
      .toMatchObject({ message: { title: 'Good morning!?' } });
  });

  it('stands there again when the screen is come back to, kept already or not', async () => {
    const { user, engine, rerender } = await show();
    await user.type(field('Title'), '!');
    await expect.poll(() => engine.inputsOf('drafts.save').length).toBe(1);
    await user.type(field('Title'), '?');
    rerender(null);
    expect(screen.queryByRole('textbox', { name: 'Title' })).toBeNull();
    rerender(SCREEN);
    await expect.poll(() => screen.queryByRole('textbox', { name: 'Title' })).not.toBeNull();
    expect(field('Title').value).toBe('Good morning!?');
  });

  it('is there again after a look at another draft', async () => {
    const { user } = await show();
    await user.type(field('Title'), '!');
    await user.click(button('New'));
    await expect.poll(() => field('Title').value).toBe('');
    await user.click(button('Draft: Untitled'));
    await user.click(await screen.findByRole('menuitem', { name: /^Good morning/ }));
    await expect.poll(() => field('Title').value).toBe('Good morning!');
  });

  it('stays in the list when a new message is begun', async () => {
    const { user, path } = await show({ path: '/compose/new' });
    await expect.poll(() => field('Title').value).toBe('');
    expect(path()).toBe('/compose');
    await user.click(button('Draft: Untitled'));
    await user.click(await screen.findByRole('menuitem', { name: /^Good morning/ }));
    await expect.poll(() => field('Title').value).toBe('Good morning');
    expect(path()).toBe('/compose/1');
  });

  it('is another draft once something is written in a new message', async () => {
    const { user, engine } = await show({ path: '/compose/new' });
    await expect.poll(() => field('Title').value).toBe('');
    await user.type(field('Title'), 'N');
    await expect
      .poll(() => engine.inputsOf('drafts.create'))
      .toMatchObject([{ message: { title: 'N' }, audience: { kind: 'everyone' } }]);
    expect(await screen.findByText(/^Saved \d\d:\d\d$/)).toBeTruthy();
    expect(engine.inputsOf('drafts.save')).toEqual([]);
  });

  it('is itself the new one where nothing was written', async () => {
    const { path, engine } = await show({
      path: '/compose/new',
      draft: { message: { ttlSeconds: 0, title: '  ' }, audience: null },
    });
    await expect.poll(path).toBe('/compose');
    expect(engine.inputsOf('drafts.create')).toEqual([]);
  });

  it('that was changed in another window is not overwritten: it is told, and kept as another draft', async () => {
    const { user, engine } = await show();
    engine.answer({
      drafts: {
        save: () =>
          refuse({ code: 'draft-changed', cause: 'This draft was changed elsewhere.', cure: 'Keep yours.' }),
      },
    });
    await user.type(field('Title'), '!');
    await screen.findByText('This draft was changed elsewhere.');
    expect(screen.getByText('Not saved')).toBeTruthy();
    // Typing on neither tries again nor takes the notice away.
    await user.type(field('Title'), '?');
    await user.click(button('Keep mine as another draft'));
    await expect
      .poll(() => engine.inputsOf('drafts.create'))
      .toMatchObject([{ message: { title: 'Good morning!?' } }]);
    await screen.findByText(/^Saved /);
    expect(screen.queryByText('This draft was changed elsewhere.')).toBeNull();
    expect(engine.inputsOf('drafts.save')).toHaveLength(1);
    expect(field('Title').value).toBe('Good morning!?');
  });

  it('that was sent in another window is said to be, and is not sent again', async () => {
    const { user, engine } = await show();
    const gone = () =>
      refuse({ code: 'draft-sent', cause: 'This draft has been sent.', cure: 'Look.' }, 'NOT_FOUND');
    engine.answer({ drafts: { get: gone, save: gone } });
    engine.publish('drafts');
    await screen.findByText('This draft has been sent.');
    await user.click(button('Send'));
    await user.click(await screen.findByRole('button', { name: 'Send to 10' }));
    await expect.poll(() => noticeTexts().some((text) => text.includes('Not sent'))).toBe(false);
    expect(started(engine)).toEqual([]);
  });

  it('is deleted with the way to take it back', async () => {
    const draft = draftAnswers(WRITTEN);
    const { user, engine, path } = await show();
    engine.answer({ drafts: { restore: ({ id }) => draft.get({ id }) } });
    await user.click(button('Delete draft'));
    await expect.poll(() => field('Title').value).toBe('');
    expect(engine.inputsOf('drafts.remove')).toEqual([{ id: 1 }]);
    engine.answer({ drafts: { get: draft.get } });
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await expect.poll(() => field('Title').value).toBe('Good morning');
    expect(path()).toBe('/compose/1');
  });

  it('goes under the id that its draft has, also when it is pressed again', async () => {
    const { user, engine } = await show({
      preflight: { recipients: 1 },
      campaigns: { start: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }) },
    });
    const sentUnder = () => started(engine).map((input) => (input as { requestId: string }).requestId);
    await user.click(button('Send'));
    await expect.poll(sentUnder).toHaveLength(1);
    await user.click(button('Send'));
    await expect.poll(sentUnder).toEqual([`${REQUEST_ID}000000001001`, `${REQUEST_ID}000000001001`]);
    await user.type(field('Title'), '!');
    await user.click(button('Send'));
    await expect.poll(() => sentUnder().at(-1)).toBe(`${REQUEST_ID}000000001002`);
  });

  it('begins with the recipients that were chosen before anything was written', async () => {
    const ids = [sampleSubscription({ id: 1 }).id, sampleSubscription({ id: 2 }).id];
    const { path } = await show({
      path: '/compose/new',
      draft: { message: { title: '' }, audience: { kind: 'chosen', ids } },
    });
    await expect.poll(path).toBe('/compose');
    expect(screen.getByText('2 rows chosen on Subscriptions.')).toBeTruthy();
  });

  it('reads from right to left where it is written so', async () => {
    const shown = await show({ draft: { message: { title: 'صباح الخير' }, audience: null } });
    await unfold(shown, 'Buttons');
    for (const name of ['Title', 'Body', 'Button 1 text', 'Button 2 text'])
      expect([name, field(name).dir]).toEqual([name, 'auto']);
    expect(within(screen.getByRole('figure', { name: 'How it will look' })).getByText('صباح الخير').dir).toBe(
      'auto',
    );
  });
});

describe('the fields', () => {
  it('explain the TTL that stands there', async () => {
    const shown = await show();
    const { user } = shown;
    await unfold(shown, 'Delivery');
    const ttl = field('TTL');
    expect(screen.getByText('Kept for up to 1 day.')).toBeTruthy();
    await user.clear(ttl);
    expect(screen.getByText('How long the push service keeps trying, in seconds.')).toBeTruthy();
    await user.type(ttl, '0');
    expect(screen.getByText('Only for devices that are online right now.')).toBeTruthy();
  });

  it('say what is wrong with a button at the button that it is', async () => {
    const shown = await show();
    const { user } = shown;
    await unfold(shown, 'Buttons');
    await paste(shown, 'Button 2 link', 'nowhere');
    await user.click(button('Send'));
    await expect.poll(noticeTexts).toEqual(['Fix 2 fields: Button 2 text, Button 2 link.']);
    expect(field('Button 1 text').getAttribute('aria-invalid')).not.toBe('true');
  });

  it('lead into the payload of what is sent', async () => {
    const shown = await show({
      preflight: { recipients: 1 },
      campaigns: { start: () => sampleCampaign() },
    });
    const { user, engine } = shown;
    await paste(shown, 'Body', 'News');
    await unfold(shown, 'Buttons', 'Options', 'Delivery');
    await paste(shown, 'Button 1 text', 'Read');
    await user.click(screen.getByRole('checkbox', { name: /^Stay on screen until closed/ }));
    await user.click(screen.getByRole('combobox', { name: 'Urgency' }));
    await user.click(await screen.findByRole('option', { name: /^High/ }));
    await user.click(button('Send'));
    await expect.poll(() => started(engine)).toHaveLength(1);
    expect(started(engine)[0]).toMatchObject({
      audience: { kind: 'everyone' },
      message: {
        title: 'Good morning',
        body: 'News',
        actions: [{ title: 'Read', url: '' }],
        requireInteraction: true,
        urgency: 'high',
      },
    });
  });
});

describe('who gets it', () => {
  const choose = (name: string) => screen.getByRole('radio', { name });

  it('is counted in words', async () => {
    const { user, engine } = await show({ preflight: { recipients: 1 } });
    expect(await screen.findAllByText('1 recipient')).toHaveLength(2);
    engine.answer({ campaigns: { preflight: () => samplePreflight({ recipients: 0 }) } });
    await user.type(field('Title'), '!');
    expect(await screen.findAllByText('0 recipients')).toHaveLength(2);
  });

  it('is not counted by what was true before, once it cannot be counted: that is said instead', async () => {
    const { user, engine } = await show({ preflight: { recipients: 13_333 } });
    await screen.findAllByText('13,333 recipients');
    const gone = { code: 'segment-gone', cause: 'A segment no longer exists.', cure: 'Choose another one.' };
    engine.answer({ campaigns: { preflight: () => refuse(gone) } });
    await user.type(field('Title'), '!');
    await expect.poll(noticeTexts).toEqual(['A segment no longer exists.Choose another one.']);
    expect(screen.queryByText('13,333 recipients')).toBeNull();
  });

  it('can be rows that were chosen, which come back after another choice', async () => {
    const ids = [sampleSubscription({ id: 1 }).id, sampleSubscription({ id: 2 }).id];
    const { user, path } = await show({ draft: { ...WRITTEN, audience: { kind: 'chosen', ids } } });
    expect(screen.getByText('2 rows chosen on Subscriptions.')).toBeTruthy();
    await user.click(choose('Everyone active'));
    expect(screen.queryByText('2 rows chosen on Subscriptions.')).toBeNull();
    await user.click(choose('Chosen rows'));
    expect(screen.getByText('2 rows chosen on Subscriptions.')).toBeTruthy();
    await user.click(button('Choose rows'));
    expect(path()).toBe('/subscriptions');
  });

  it('says how rows are chosen while none are', async () => {
    const { user } = await show();
    await user.click(choose('Chosen rows'));
    expect(screen.getByText('Select rows on Subscriptions, then press Send there.')).toBeTruthy();
    expect(screen.getByText('Nobody yet')).toBeTruthy();
  });

  it('warns of what will not be as it was meant', async () => {
    await show({
      preflight: { warnings: [{ code: 'x', cause: 'Apple ignores the topic.', cure: 'Leave it out.' }] },
    });
    await expect.poll(noticeTexts).toEqual(['Apple ignores the topic.Leave it out.']);
    expect(noticeWith('Apple').getAttribute('role')).toBe('note');
  });
});

it('pictures are looked for once the person stops typing', async () => {
  const shown = await show({
    campaigns: { checkPictures: () => ({ reachable: ['iconUrl'], warnings: [], isOffline: false }) },
  });
  const { engine } = shown;
  await unfold(shown, 'Pictures');
  // Without a wait between the letters, however busy the machine is.
  for (const value of ['https://a.example/i.', 'https://a.example/i.p', 'https://a.example/i.png'])
    fireEvent.change(field('Icon URL'), { target: { value } });
  expect(await screen.findByText('Icon can be loaded.')).toBeTruthy();
  expect(engine.inputsOf('campaigns.checkPictures')).toEqual([
    { iconUrl: 'https://a.example/i.png', badgeUrl: '', imageUrl: '' },
  ]);
});
