import { describe, expect, it } from 'vitest';
import { EMPTY_FIELDS } from '../composition.ts';
import { pictureAddress, previewPartsOf } from './preview-parts.ts';

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
  it('shows all that is used in Chrome', () => {
    const { shown, remarks } = previewPartsOf(RICH, 'chrome');
    expect([...shown]).toEqual(['icon', 'badge', 'image', 'actions']);
    expect(remarks).toEqual([]);
  });

  it('says what Safari leaves out', () => {
    const { shown, remarks } = previewPartsOf(RICH, 'safari');
    expect([...shown]).toEqual([]);
    expect(remarks).toEqual(['Safari leaves out the icon, the badge, the image and the buttons.']);
  });

  it('says from which version on Firefox shows buttons', () => {
    const { shown, remarks } = previewPartsOf(RICH, 'firefox');
    expect([...shown]).toEqual(['icon', 'actions']);
    expect(remarks.at(-1)).toMatch(/^Shows the buttons from version \d+ on\.$/);
  });

  it('says nothing of parts that are not used', () => {
    expect(previewPartsOf(EMPTY_FIELDS, 'safari').remarks).toEqual([]);
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
