import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import { draftAnswers } from '../../testing/draft-answers.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { samplePreflight } from '../../testing/samples.ts';
import { ComposeScreen } from './ComposeScreen.tsx';

async function show(message: Record<string, unknown>) {
  const rendered = renderWith(
    <Route path="/compose/:act?">
      <ComposeScreen />
    </Route>,
    {
      path: '/compose',
      answers: {
        app: { settings: () => settingsSchema.parse({ sites: ['https://shop.example'] }) },
        drafts: draftAnswers({ message: { title: 'Hi', ...message } }),
        campaigns: {
          preflight: () => samplePreflight({ recipients: 1 }),
          checkPictures: () => ({ reachable: [], warnings: [], isOffline: false }),
          ownFormats: () => [],
        },
      },
    },
  );
  await screen.findByRole('textbox', { name: 'Title' });
  return rendered;
}

const fold = () => screen.getByRole('button', { name: 'Campaign tracking (UTM)' });
const write = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const links = () =>
  within(screen.getByRole('figure', { name: /Links with parameters/ }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

describe('campaign tracking', () => {
  it('shows the resulting links and the payload with them', async () => {
    const { user } = await show({
      url: 'https://shop.example/sale#top',
      actions: [
        { title: 'Look', url: '/look' },
        { title: 'Press', url: 'https://other.example/' },
        { title: 'Done', url: '/done?utm_source=me&utm_campaign=mine' },
      ],
    });
    expect(fold().getAttribute('aria-expanded')).toBe('false');
    await user.click(fold());
    expect(screen.queryByRole('figure', { name: /Links/ })).toBeNull();
    write('Source (utm_source)', 'pushdesk');
    write('Name (utm_campaign)', 'spring sale');
    const added = 'utm_source=pushdesk&utm_campaign=spring+sale';
    await expect
      .poll(links)
      .toEqual([
        `https://shop.example/sale?${added}#top`,
        `/look?${added}`,
        'https://other.example/Unchanged: this is not one of your sites. Add it under Server → Your sites.',
        '/done?utm_source=me&utm_campaign=mineUnchanged: it has these parameters already.',
      ]);
    await user.click(screen.getByRole('button', { name: 'Payload' }));
    const payload = screen.getByRole('figure', { name: 'Payload as it will be sent' });
    expect(payload.textContent).toContain(`"url": "https://shop.example/sale?${added}#top"`);
    expect(payload.textContent).not.toContain('utm_medium');
  });

  it('is open where something stands in it, and the error leads to the field', async () => {
    const { user } = await show({ utm: { source: 'x', medium: '{{city}}', campaign: '' } });
    expect(fold().getAttribute('aria-expanded')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await expect.poll(noticeTexts).toEqual(['Fix 1 field: Campaign tracking.']);
    await user.click(within(noticeWith('Fix 1 field')).getByRole('button', { name: 'Campaign tracking' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Medium (utm_medium)'));
    expect(screen.getByText('Use plain text: variables don’t work here.')).toBeTruthy();
    write('Medium (utm_medium)', 'web-push');
    await screen.findByText('Enter a URL above to see the link with its parameters.');
  });
});
