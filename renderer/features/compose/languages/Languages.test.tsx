import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { subscriptionIdSchema } from '../../../../electron/contract/ids.ts';
import { draftAnswers } from '../../../testing/draft-answers.ts';
import { noticeTexts, noticeWith } from '../../../testing/notices.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { sampleCampaign, samplePreflight } from '../../../testing/samples.ts';
import { ComposeScreen } from '../ComposeScreen.tsx';

async function show(message: Record<string, unknown> = {}) {
  const rendered = renderWith(
    <Route path="/compose/:act?">
      <ComposeScreen />
    </Route>,
    {
      path: '/compose',
      answers: {
        drafts: draftAnswers({ message: { title: 'Hello', ...message }, audience: { kind: 'everyone' } }),
        campaigns: {
          preflight: ({ message: { texts } }: { message: { texts: object } }) =>
            samplePreflight({
              recipients: 1,
              personal:
                Object.keys(texts).length === 0
                  ? null
                  : {
                      missing: [],
                      leftOut: 0,
                      languages: [
                        { language: 'de', count: 5 },
                        { language: '', count: 7 },
                      ],
                      longest: subscriptionIdSchema.parse(1),
                      isLongestExact: true,
                    },
            }),
          start: () => sampleCampaign(),
          checkPictures: () => ({ reachable: [], warnings: [], isOffline: false }),
        },
        subscriptions: { list: () => ({ items: [], nextCursor: null }) },
        audience: {
          attributes: {
            values: () => ({
              values: [
                { value: 'de', count: 5 },
                { value: 'pt-BR', count: 2 },
              ],
              hasMoreValues: false,
            }),
          },
        },
      } as never,
    },
  );
  await screen.findByRole('textbox', { name: 'Title' });
  return rendered;
}

const write = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const titleField = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' });
const tab = (name: RegExp) => screen.getByRole('tab', { name });
const DE = { title: 'Hallo', body: '', url: '', actions: [] };

async function add(user: Awaited<ReturnType<typeof show>>['user'], language: string) {
  await user.click(screen.getByRole('button', { name: 'Add a language' }));
  await user.type(await screen.findByRole('combobox', { name: 'Language tag' }), `${language}{Enter}`);
}

describe('languages of a message', () => {
  it('are added, written, counted and sent', async () => {
    const { user, engine } = await show({
      actions: [
        { title: '', url: '' },
        { title: 'Open', url: '/x' },
      ],
    });
    expect(screen.queryByRole('tab')).toBeNull();
    await add(user, 'DE');
    await expect
      .poll(() => screen.queryAllByRole('tab').map((one) => one.ariaLabel))
      .toEqual(['Default, 7 recipients', 'German, 5 recipients']);
    expect(screen.getByText('The longest that any recipient gets.')).toBeTruthy();
    expect([titleField().value, titleField().placeholder]).toEqual(['', 'Hello']);
    write('Title', 'Hallo');
    write('Button 2 text', 'Öffnen');
    expect(within(screen.getByRole('figure', { name: 'How it will look' })).getByText('Hallo')).toBeTruthy();
    await user.click(tab(/^Default/));
    expect(titleField().value).toBe('Hello');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await expect.poll(() => engine.inputsOf('campaigns.start')).toHaveLength(1);
    // A row without text and link does not count as a button, in any language.
    expect(engine.inputsOf('campaigns.start')[0]).toMatchObject({
      message: {
        title: 'Hello',
        actions: [{ title: 'Open', url: '/x' }],
        texts: { de: { title: 'Hallo', body: '', url: '', actions: ['Öffnen'] } },
      },
    });
  });

  it('say why one cannot be added', async () => {
    const { user } = await show({ texts: { de: DE } });
    await add(user, 'not a tag');
    expect(await screen.findByText('Use a language tag, such as en, de-CH or zh-Hant.')).toBeTruthy();
    const field = screen.getByRole('combobox', { name: 'Language tag' });
    await user.clear(field);
    await user.type(field, 'De{Enter}');
    expect(await screen.findByText('The message has this language.')).toBeTruthy();
    expect(screen.getAllByRole('tab')).toHaveLength(2);
  });

  it('are removed with their texts', async () => {
    const { user, engine } = await show({ texts: { de: DE } });
    await user.click(tab(/^German/));
    await user.click(screen.getByRole('button', { name: 'Remove German' }));
    expect(screen.queryByRole('tab')).toBeNull();
    expect(titleField().value).toBe('Hello');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await expect.poll(() => engine.inputsOf('campaigns.start')).toHaveLength(1);
    expect(engine.inputsOf('campaigns.start')[0]).toMatchObject({ message: { texts: {} } });
  });

  it('lead from an error to the field of its language', async () => {
    const { user } = await show({ texts: { de: { ...DE, url: 'htt' }, fr: { ...DE, title: '{{ci' } } });
    expect(tab(/^German.*has an error$/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await expect.poll(noticeTexts).toEqual(['Fix 2 fields: URL (German), Title (French).']);
    await user.click(within(noticeWith('Fix 2 fields')).getByRole('button', { name: 'Title (French)' }));
    expect(tab(/^French/).ariaSelected).toBe('true');
    expect(document.activeElement).toBe(titleField());
    await user.click(within(noticeWith('Fix 2 fields')).getByRole('button', { name: 'URL (German)' }));
    expect(document.activeElement).toBe(screen.getByLabelText('URL'));
    // What is not right yet is kept as it was written.
    expect(screen.getByLabelText<HTMLInputElement>('URL').value).toBe('htt');
  });
});
