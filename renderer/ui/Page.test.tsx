import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ScreenAnnouncer } from './ScreenAnnouncer.tsx';
import { renderWith } from '../testing/render-with.tsx';
import { Page } from './Page.tsx';

const page = (title: string) => (
  <>
    <ScreenAnnouncer />
    <Page title={title} purpose="What it is for.">
      Content
    </Page>
  </>
);

describe('a page', () => {
  it('names the window and is read out when it comes', async () => {
    const { rerender } = renderWith(page('Keys'));
    expect(document.title).toBe('Keys – Pushdesk');
    rerender(page('Settings'));
    expect(document.title).toBe('Settings – Pushdesk');
    await expect
      .poll(() => screen.getByRole('status', { name: 'Current screen' }).textContent)
      .toBe('Settings');
  });

  it('is whole on hover where its title is long enough to be cut', () => {
    const long = 'Everything about the fire in the old theatre';
    const { rerender } = renderWith(page('Keys'));
    expect(screen.getByRole('heading', { level: 1 }).title).toBe('');
    rerender(page(long));
    expect(screen.getByRole('heading', { level: 1, name: long }).title).toBe(long);
  });

  it('takes its direction from its title, and writes out what would turn it round', () => {
    renderWith(page('صباح \u202Eالخير'));
    const heading = screen.getByRole('heading', { level: 1 });
    expect(heading.dir).toBe('auto');
    expect(heading.textContent).toContain('\\u202E');
    expect(document.title).not.toContain('\u202E');
  });
});
