import type { PagePerson } from '../../electron/contract/http.ts';

const MOST = 20;
const LONGEST = { tag: 64, value: 500 };
/** What the app accepts as the name of an attribute; anybody can make up a link. */
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_.-]{0,63}$/u;
// Set by the page itself, or for the owner to say.
const RESERVED = ['tags', 'label', 'externalId', 'language', 'timeZone', 'platform', 'browser'];

/** What a page or worker can say about its browser. */
export interface Surroundings {
  readonly language: string;
  readonly userAgent: string;
  readonly brands: readonly string[];
  readonly platform: string;
  readonly timeZone: string;
}

/** @param of the navigator of a page or a worker; not every browser has `userAgentData` */
export function surroundings(of: {
  readonly language: string;
  readonly userAgent: string;
  readonly userAgentData?: { brands?: { brand: string }[]; platform?: string };
}): Surroundings {
  const data = of.userAgentData;
  return {
    language: of.language,
    userAgent: of.userAgent,
    brands: (data?.brands ?? []).map(({ brand }) => brand),
    platform: data?.platform ?? '',
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** Language, time zone, platform and browser, and what the link says: `?tags=news,offers&plan=pro`. */
export function personOf(browser: Surroundings, query: string): PagePerson {
  const link = new URLSearchParams(query);
  const tags = link
    .getAll('tags')
    .join()
    .split(',')
    .map((tag) => tag.trim());
  return personWith(browser, [...new Set(tags)], [...link]);
}

/** The same with tags and attributes as a program names them; what the app would refuse is left out. */
export function personWith(
  browser: Surroundings,
  tags: readonly string[],
  attributes: readonly (readonly [string, string])[],
): Required<Pick<PagePerson, 'tags' | 'attributes'>> {
  const named = attributes.filter(
    ([name, value]) => NAME.test(name) && !RESERVED.includes(name) && fits(value, LONGEST.value),
  );
  const own = {
    language: browser.language,
    timeZone: browser.timeZone,
    platform: browser.platform || firstOf(PLATFORMS, browser.userAgent),
    browser: browser.brands.includes('Brave') ? 'Brave' : firstOf(BROWSERS, browser.userAgent),
  };
  return {
    tags: tags.filter((tag) => fits(tag, LONGEST.tag)).slice(0, MOST),
    attributes: Object.fromEntries([
      ...Object.entries(own).filter(([, value]) => fits(value, LONGEST.value)),
      ...named.slice(0, MOST - Object.keys(own).length),
    ]),
  };
}

/** What the app would refuse costs the subscription, so it is left out here. */
function fits(text: string, longest: number): boolean {
  const trimmed = text.trim();
  return (
    trimmed !== '' &&
    trimmed.length <= longest &&
    !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u2800\u3164\uFFA0\uFFFE\uFFFF]/u.test(trimmed)
  );
}

/** The first that fits. */
const PLATFORMS: readonly [string, string][] = [
  ['Android', 'Android'],
  ['iP(hone|ad)', 'iOS'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['CrOS', 'Chrome OS'],
  ['Linux', 'Linux'],
];

const BROWSERS: readonly [string, string][] = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungB', 'Samsung Internet'],
  ['Firefox|FxiOS', 'Firefox'],
  ['Chrome|CriOS', 'Chrome'],
  ['Safari', 'Safari'],
];

function firstOf(names: readonly [string, string][], userAgent: string): string {
  return names.find(([pattern]) => new RegExp(pattern).test(userAgent))?.[1] ?? '';
}
