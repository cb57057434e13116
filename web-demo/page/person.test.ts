import { expect, it } from 'vitest';
import { personOf, type Surroundings } from './person.ts';

const FIREFOX: Surroundings = {
  language: 'nb-NO',
  timeZone: 'Europe/Oslo',
  platform: '',
  brands: [],
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};

it('says language, time zone, platform and browser', () => {
  expect(personOf(FIREFOX, '')).toEqual({
    tags: [],
    attributes: { language: 'nb-NO', timeZone: 'Europe/Oslo', platform: 'Linux', browser: 'Firefox' },
  });
});

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
    'Windows',
    'Edge',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
    'Android',
    'Chrome',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1',
    'iOS',
    'Safari',
  ],
])('knows %s', (userAgent, platform, browser) => {
  expect(personOf({ ...FIREFOX, userAgent }, '').attributes).toMatchObject({ platform, browser });
});

it('adds what its link says', () => {
  const { tags, attributes } = personOf(FIREFOX, '?tags=news,%20offers&tags=news&plan=pro&city=Ærø');
  expect(tags).toEqual(['news', 'offers']);
  expect(attributes).toMatchObject({ plan: 'pro', city: 'Ærø', language: 'nb-NO' });
});

it('leaves out what the app would refuse, and what a link may not say', () => {
  const { tags, attributes } = personOf(
    FIREFOX,
    `?tags=${'x'.repeat(65)},a%E2%80%AEb,ok&externalId=boss&label=Boss&language=xx&1st=no&a=%00&long=${'x'.repeat(501)}`,
  );
  expect(tags).toEqual(['ok']);
  expect(Object.keys(attributes ?? {})).toEqual(['language', 'timeZone', 'platform', 'browser']);
  expect(attributes).toMatchObject({ language: 'nb-NO' });
});

it('says no more than there is room for', () => {
  const many = Array.from({ length: 60 }, (_, index) => `a${index}=1&tags=t${index}`).join('&');
  const { tags, attributes } = personOf(FIREFOX, `?${many}`);
  expect(tags).toHaveLength(20);
  expect(Object.keys(attributes ?? {})).toHaveLength(20);
});
