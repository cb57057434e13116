import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { EMPTY_FIELDS, type MessageFields } from '../composition.ts';
import { NotificationPreview } from './NotificationPreview.tsx';

const SITE = 'http://localhost:4830/';
const show = (
  fields: Partial<MessageFields>,
  campaigns: Answers['campaigns'] = {},
  site: string | null = SITE,
) =>
  renderWith(<NotificationPreview fields={{ ...EMPTY_FIELDS, ...fields }} site={site} />, {
    answers: { campaigns },
  });
const card = () => screen.getByRole('figure', { name: 'How it will look' });
const pictures = () => [...card().querySelectorAll('img')].map(({ src }) => src);

describe('the preview of a notification', () => {
  it('stands in for a title that is not written, and leaves out what is empty', () => {
    show({
      title: '  ',
      actions: [
        { title: ' ', url: '/x' },
        { title: '', url: '' },
      ],
    });
    expect(card().textContent).toBe('Google ChromeYour titlelocalhost:4830');
  });

  it('is from no site while the server is off', () => {
    show({ title: 'Hello' }, {}, null);
    expect(card().textContent).toContain('your site');
  });

  it('shows for each system what it shows, and says what it drops', async () => {
    const { user } = show({
      title: 'Hello',
      imageUrl: 'https://a.example/i.png',
      badgeUrl: 'https://a.example/b.png',
    });
    expect(card().textContent).toContain('Image');
    expect(screen.getByText('Chrome on Windows drops the badge.')).toBeTruthy();
    await user.click(screen.getByRole('combobox', { name: 'Preview in' }));
    await user.click(screen.getByRole('option', { name: 'Firefox' }));
    expect(card().textContent).not.toContain('Image');
    expect(card().textContent).toContain('via localhost:4830');
    expect(screen.getByText('Firefox drops the badge and the image.')).toBeTruthy();
  });

  it('is from the site that people subscribed at', async () => {
    renderWith(<NotificationPreview fields={{ ...EMPTY_FIELDS, url: '/news' }} site={SITE} />, {
      answers: { app: { settings: () => settingsSchema.parse({ sites: ['https://shop.example'] }) } },
    });
    await expect.poll(() => card().textContent).toContain('shop.example');
  });

  it('fetches no picture before it is asked to, and then from the site of the page where it is a path', async () => {
    const { user, engine } = show(
      { title: 'Hello', iconUrl: '/icon.png' },
      {
        loadPicture: () => ({ type: 'image/png', base64: 'AAAA' }),
      },
    );
    expect(within(card()).getByText('Icon')).toBeTruthy();
    expect(engine.inputsOf('campaigns.loadPicture')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Load pictures' }));
    await expect.poll(pictures).toEqual(['data:image/png;base64,AAAA']);
    expect(engine.inputsOf('campaigns.loadPicture')).toEqual([{ url: 'http://localhost:4830/icon.png' }]);
    expect(screen.queryByRole('button', { name: 'Load pictures' })).toBeNull();
  });

  it('asks again for another address', async () => {
    const { user, rerender } = show(
      { iconUrl: '/a.png' },
      { loadPicture: () => ({ type: 'image/png', base64: 'AAAA' }) },
    );
    await user.click(screen.getByRole('button', { name: 'Load pictures' }));
    rerender(<NotificationPreview fields={{ ...EMPTY_FIELDS, iconUrl: '/b.png' }} site={SITE} />);
    expect(screen.getByRole('button', { name: 'Load pictures' })).toBeTruthy();
    expect(pictures()).toEqual([]);
  });

  it('says in its place that a picture cannot be shown', async () => {
    const { user } = show(
      { iconUrl: '/icon.png' },
      {
        loadPicture: () => refuse({ code: 'x', cause: 'It answers 404.', cure: 'Check it.' }),
      },
    );
    await user.click(screen.getByRole('button', { name: 'Load pictures' }));
    expect(await within(card()).findByText('Cannot be shown')).toBeTruthy();
  });
});
