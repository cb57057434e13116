import { describe, expect, it } from 'vitest';
import { EMPTY_FIELDS, type MessageFields } from '../composition.ts';
import { pictureAddress, previewPartsOf, siteNameOf } from './preview-parts.ts';

const RICH = {
  ...EMPTY_FIELDS,
  iconUrl: '/icon.png',
  badgeUrl: '/badge.png',
  imageUrl: '/image.png',
  actions: [
    { title: 'Read', url: '' },
    { title: '', url: '' },
  ] as const,
};

describe('the preview', () => {
  it('shows all that is used in Chrome on Android', () => {
    const { shown, remarks } = previewPartsOf(RICH, 'chrome-android');
    expect([...shown]).toEqual(['icon', 'badge', 'image', 'actions']);
    expect(remarks).toEqual([]);
  });

  it('says what Safari drops', () => {
    const { shown, remarks } = previewPartsOf(RICH, 'safari-macos');
    expect([...shown]).toEqual([]);
    expect(remarks).toEqual(['Safari on macOS drops the icon, the badge, the image and the buttons.']);
  });

  it('says that an iPhone shows it only from a web app on the Home Screen', () => {
    expect(previewPartsOf(EMPTY_FIELDS, 'safari-ios').remarks).toEqual([
      'Only from a web app that was added to the Home Screen, on iOS 16.4 or later.',
    ]);
  });

  it('says from which version on Firefox shows buttons', () => {
    const { shown, remarks } = previewPartsOf(RICH, 'firefox');
    expect([...shown]).toEqual(['icon', 'actions']);
    expect(remarks.at(-1)).toMatch(/^Shows the buttons from version \d+ on\.$/);
  });

  it('says under which condition a part counts', () => {
    expect(previewPartsOf({ ...EMPTY_FIELDS, requireInteraction: true }, 'firefox').remarks).toEqual([
      'Takes staying on screen only on Windows.',
    ]);
  });

  it('names the buttons that are too many', () => {
    const many = { ...EMPTY_FIELDS, actions: ['Read', 'Later', 'Mute'].map((title) => ({ title, url: '' })) };
    const fields = many as unknown as MessageFields;
    expect(previewPartsOf(fields, 'chrome-macos').remarks).toEqual([
      'Shows the first 2 buttons and drops “Mute”.',
    ]);
    expect(previewPartsOf(fields, 'safari-macos').remarks).toEqual(['Safari on macOS drops the buttons.']);
  });

  it('says nothing of parts that are not used', () => {
    expect(previewPartsOf(EMPTY_FIELDS, 'safari-macos').remarks).toEqual([]);
  });
});

describe('the site on a notification', () => {
  const SITES = ['https://shop.example', 'https://blog.example'];
  it.each([
    ['https://blog.example/news', SITES, null, 'blog.example'],
    ['https://elsewhere.example/', SITES, 'http://localhost:4830/', 'shop.example'],
    ['/news', [], 'http://localhost:4830/', 'localhost:4830'],
    ['', [], null, null],
  ])('for a link to %s, from %j', (link, sites, page, name) => {
    expect(siteNameOf(link, sites, page)).toBe(name);
  });
});

describe('the address of a picture', () => {
  const SITE = 'http://localhost:4830/';
  it.each([
    ['https://example.com/a.png', 'https://example.com/a.png'],
    ['/a.png', 'http://localhost:4830/a.png'],
    ['', null],
    ['a.png', null],
    ['javascript:alert(1)', null],
    ['https://', null],
  ])('%j', (link, address) => {
    expect(pictureAddress(link, SITE)).toBe(address);
  });

  it('has no site to start from while the server is off', () => {
    expect(pictureAddress('/a.png', null)).toBeNull();
  });
});
