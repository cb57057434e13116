import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { localTime, tomorrowAt } from '../../format/local-time.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { draftAnswers } from '../../testing/draft-answers.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleCampaign, samplePreflight } from '../../testing/samples.ts';
import { ComposeScreen } from './ComposeScreen.tsx';

async function show(message: Record<string, unknown> = {}) {
  let kept: unknown = [];
  const rendered = renderWith(
    <Route path="/compose/:act?">
      <ComposeScreen />
    </Route>,
    {
      path: '/compose',
      answers: {
        drafts: draftAnswers({ message: { title: 'Hi', ...message } }),
        campaigns: {
          preflight: () => samplePreflight({ recipients: 1 }),
          start: () => sampleCampaign(),
          checkPictures: () => ({ reachable: [], warnings: [], isOffline: false }),
          ownFormats: () => kept as never,
          changeOwnFormat: ({ name, text }) => {
            const formats = text === null ? [] : [{ name, text }];
            kept = formats;
            return formats;
          },
        },
        subscriptions: { list: () => ({ items: [], nextCursor: null }) },
      },
    },
  );
  await screen.findByRole('textbox', { name: 'Title' });
  return rendered;
}

const fold = (name: string) => screen.getByRole('button', { name });
const isOpen = (name: string) => fold(name).getAttribute('aria-expanded') === 'true';
const write = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const payload = () =>
  JSON.parse(
    screen.getByRole('figure', { name: 'Payload as it will be sent' }).querySelector('pre')?.textContent ??
      '',
  ) as Record<string, unknown>;

describe('variables', () => {
  it('can be inserted into every field that takes them, and into no other', async () => {
    await show({
      iconUrl: '/i',
      tag: 't',
      topic: 'p',
      data: '{}',
      actions: [{ title: 'Go', url: '/go' }],
    });
    const offered = screen
      .getAllByRole('button', { name: /^Insert a variable into / })
      .map(({ ariaLabel }) => ariaLabel?.replace('Insert a variable into ', ''));
    expect(offered).toEqual([
      'Title',
      'Body',
      'URL',
      'Icon URL',
      'Badge URL',
      'Image URL',
      'Button 1 text',
      'Button 1 link',
      'Button 2 text',
      'Button 2 link',
      'Tag',
      'Data',
    ]);
  });

  it('begin JSON where there is none yet', async () => {
    const { user } = await show({ format: 'declarative' });
    await user.click(screen.getByRole('button', { name: 'Insert a variable into Data' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Label' }));
    expect(screen.getByLabelText<HTMLTextAreaElement>('Data').value).toBe('{"label":"{{label}}"}');
  });
});

describe('fields that few need', () => {
  const FOLDS = ['Pictures', 'Buttons', 'Options', 'Delivery', 'Payload'];

  it('are folded until something stands in them', async () => {
    await show();
    expect(FOLDS.filter(isOpen)).toEqual([]);
    expect(screen.queryByLabelText('Icon URL')).toBeNull();
  });

  it('are open where something does, and say how much of it once they are folded', async () => {
    const { user } = await show({
      iconUrl: 'https://a.example/i.png',
      imageUrl: '/w.png',
      silent: true,
      topic: 'x',
    });
    expect(FOLDS.filter(isOpen)).toEqual(['Pictures', 'Options', 'Delivery']);
    await user.click(fold('Pictures'));
    expect(screen.getByRole('heading', { name: /Pictures/ }).textContent).toBe('Pictures2 set');
  });

  it('open when one of them is wrong, so that the link of the error leads to it', async () => {
    const { user } = await show({ tag: 'x', lang: 'not a tag', data: '{' });
    await user.click(fold('Options'));
    await user.click(fold('Payload'));
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await expect.poll(noticeTexts).toEqual(['Fix 2 fields: Language, Data.']);
    await user.click(within(noticeWith('Fix 2 fields')).getByRole('button', { name: 'Data' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Data'));
    write('Data', '{"order": 1}');
    await expect.poll(noticeTexts).toEqual(['Fix 1 field: Language.']);
    expect(isOpen('Payload')).toBe(true);
  });
});

describe('what a message can be', () => {
  it('is sent with every option', async () => {
    const { user, engine } = await show();
    for (const name of ['Options', 'Payload']) await user.click(fold(name));
    write('Tag', 'news');
    for (const name of [/^Alert again/, /^Stay on screen/])
      await user.click(screen.getByRole('checkbox', { name }));
    write('Vibration', '200 100,200');
    write('App badge', '3');
    write('Time shown', '2026-11-29T18:00');
    write('Language', 'ar');
    write('Data', '{"order": 1042}');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await expect.poll(() => engine.inputsOf('campaigns.start')).toHaveLength(1);
    expect(engine.inputsOf('campaigns.start')[0]).toMatchObject({
      message: {
        tag: 'news',
        renotify: true,
        requireInteraction: true,
        silent: false,
        vibrate: [200, 100, 200],
        appBadge: 3,
        timestamp: new Date('2026-11-29T18:00').getTime(),
        lang: 'ar',
        data: '{"order": 1042}',
      },
    });
  });

  it('says which fields do not go together', async () => {
    const { user } = await show({ renotify: true, silent: true, vibrate: '100' });
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await expect
      .poll(noticeTexts)
      .toEqual(['Fix 2 fields: Alert again when it replaces one with the same tag, Vibration.']);
  });

  it('has more buttons than browsers show, with a note', async () => {
    const { user } = await show();
    await user.click(fold('Buttons'));
    await user.click(screen.getByRole('button', { name: 'Add a button' }));
    expect(screen.getByText(/^Browsers show at most two buttons/)).toBeTruthy();
    for (let more = 4; more <= 8; more += 1)
      await user.click(screen.getByRole('button', { name: 'Add a button' }));
    expect(screen.queryByRole('button', { name: 'Add a button' })).toBeNull();
    expect(screen.getByLabelText('Button 8 text')).toBeTruthy();
  });

  it('runs from right to left in the preview where the person says so', async () => {
    await show({ dir: 'rtl' });
    expect(screen.getByRole('figure', { name: 'How it will look' }).dir).toBe('rtl');
  });
});

describe('how long a message is kept', () => {
  it('is chosen in days, until a time, or in seconds', async () => {
    const { user } = await show();
    await user.click(fold('Delivery'));
    const choose = async (name: string) => {
      await user.click(screen.getByRole('combobox', { name: 'Keep trying' }));
      await user.click(await screen.findByRole('option', { name }));
    };
    await choose('3 days');
    expect(screen.getByText('Kept for up to 3 days.')).toBeTruthy();
    const before = tomorrowAt(18, Date.now());
    await choose('Until a date and time');
    expect([before, tomorrowAt(18, Date.now())].map(localTime)).toContain(
      screen.getByLabelText<HTMLInputElement>('Expires').value,
    );
    await choose('Other (in seconds)');
    expect(screen.getByLabelText<HTMLInputElement>('TTL').value).toBe('');
  });
});

describe('the payload format', () => {
  const choose = async (user: Awaited<ReturnType<typeof show>>['user'], name: string) => {
    await user.click(screen.getByRole('combobox', { name: 'Payload format' }));
    await user.click(await screen.findByRole('option', { name }));
  };

  it('is shown as it will be sent', async () => {
    const { user } = await show({ url: 'https://a.example/' });
    await user.click(fold('Payload'));
    expect(payload()).toMatchObject({ title: 'Hi', url: 'https://a.example/', receipts: true });
    await choose(user, 'Declarative');
    expect(payload()).toMatchObject({
      web_push: 8030,
      notification: { title: 'Hi', navigate: 'https://a.example/' },
    });
    await choose(user, 'Angular');
    expect(payload()).toMatchObject({ notification: { title: 'Hi' } });
  });

  it('of one’s own is begun from an example, checked, and kept under a name', async () => {
    const { user, engine } = await show();
    await user.click(fold('Payload'));
    await choose(user, 'Your own');
    expect(payload()).toMatchObject({ title: 'Hi', options: {} });
    write('Your format', '{"t": {{title}}}');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await expect.poll(noticeTexts).toEqual(['Fix 1 field: Your format.']);
    write('Your format', '{"t": "{{title}}"}');
    expect(payload()).toEqual({ t: 'Hi' });
    write('Save as', 'My worker');
    await user.click(screen.getByRole('button', { name: 'Save format' }));
    expect(await screen.findByRole('button', { name: 'Remove “My worker”' })).toBeTruthy();
    const text = '{"t": "{{title}}"}';
    expect(engine.inputsOf('campaigns.changeOwnFormat')).toEqual([
      { name: 'My worker', text, was: { text: null } },
    ]);
    await user.click(screen.getByRole('button', { name: 'Remove “My worker”' }));
    await expect
      .poll(() => engine.inputsOf('campaigns.changeOwnFormat').at(-1))
      .toEqual({ name: 'My worker', text: null, was: { text } });
  });
});
