import { UNSUBSCRIBED_PREFIX, type FieldRoles } from './field-role.ts';
import type { Leaf } from './found-record.ts';

/** What a name says under which several people are filed. */
export interface Group {
  /** What is said of everybody in it. */
  readonly said: readonly Leaf[];
}

/** A longer name, such as an id, is none. */
const MAX_NAME = 40;
/** What groups are called, besides words for several people. */
const GROUP =
  /^(?:vips?|staff|crew|team|press|admins?|guests?|testers?|betas?|leads?|fans|kids|teens|adults|seniors|students|patients|parents|residents|families|news(?:letters?)?|sports?|offers|deals|promos?|promotions|weather|free|trial|basic|plus|pro|premium|gold|silver|bronze|enterprise|paid|paying|live|prod(?:uction)?|stag(?:e|ing)|dev(?:elopment)?|test(?:ing)?|tests|alpha|canary|preview|sandbox|demo|qa|local)$/;
/** Those that are somebody's name as well, for a single subscription. */
const LOGIN = /^(?:admin|guest|test|tester|demo|qa|dev|staff|team|press|sandbox|local|vip|beta)$/;
/** What says nothing of anybody: it is no tag. */
const ANYBODY =
  /^(?:all|every(?:one|body)|general|main|people|persons|contacts|accounts|visitors|clients|subscribers|recipients|audience|others?|rest|misc|unknown|none|new|current|recent|old|before|after|previous|next|first|second|primary|secondary|home|work|office|private|personal|groups?|segments?|cohorts?|topics?|channels?|roles?|tiers?|plans?|teams|sites|shops|stores|tenants|brands|lists?|events?|jobs|updates|alerts|sessions|connections|locations|documents|files|logs?|backups?)$/;
/** The last of several words. */
const PEOPLE =
  /^(?:users|people|persons|subscribers|customers|clients|members|visitors|contacts|accounts|guests|testers|admins|staff|readers|editors|authors|buyers|team|group|list|segment|cohort|subs|subscriptions|devices|tokens|endpoints|registrations|browsers|ones|items|entries)$/;
/** The first of two words: `team-a`. */
const KIND =
  /^(?:team|group|segment|list|topic|channel|role|cohort|tier|plan|site|region|tenant|shop|store|brand|env|category|tag|class|course|dept|department|city|country|lang|locale)$/;
const SEVERAL = /^\p{Ll}{4,}(?:ers|ors|ists|ians|ants|ees)$/u;
const LANGUAGE =
  /^(?:ar|bg|ca|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|ms|nb|nl|no|pl|pt|ro|ru|sk|sl|sr|sv|th|tr|uk|vi|zh)$/;
/** Where what was deleted is kept. */
const GONE =
  /^(?:trash|(?:recycle)?bin|(?:black|block)list(?:ed)?|graveyard|unsubscribe(?:s|rs?)|optouts?|lapsed|bounces|former|stale)$/;

/**
 * What a name says if it is that of a group, and not of one person: `vips`, `beta_testers`, `de`, `active`, `inactive`.
 *
 * @returns `null`: it may be somebody's id or name
 */
export function groupOf(name: string, roles: FieldRoles): Group | null {
  if (name.length > MAX_NAME) return null;
  const words = wordsOf(name);
  const whole = words.join('');
  const last = words.at(-1) ?? '';
  const before = words.length > 1 && PEOPLE.test(last) ? words.slice(0, -1).join('') : whole;
  const field = roles.of(before);
  const sense = field?.role === 'subscribed' ? field.sense : null;
  if (sense === 'isOut' || GONE.test(before))
    return { said: [{ path: UNSUBSCRIBED_PREFIX + name, value: true }] };
  if (sense === 'isIn' || ANYBODY.test(whole)) return { said: [] };
  const isGroup =
    before !== whole ||
    GROUP.test(whole) ||
    SEVERAL.test(name) ||
    (words.length === 2 && KIND.test(words[0] ?? '')) ||
    (LANGUAGE.test(words[0] ?? '') && (words.length === 1 || (words.length === 2 && last.length === 2)));
  return isGroup ? asTag(name) : null;
}

/** Whether it may as well be the name of somebody who signs in. */
export const isLogin = (name: string): boolean => LOGIN.test(name.toLowerCase());

/** What a name says that stands beside those of groups. */
export const asTag = (name: string): Group => ({ said: [{ path: 'tags', value: [name] }] });

/** Whether a name says that who is filed under it is no longer subscribed, even if there is no other name beside it. */
export const isOfTheGone = ({ said }: Group): boolean =>
  said.some(({ path }) => path.startsWith(UNSUBSCRIBED_PREFIX));

/** Whether a name is written like a word, and could be another group as well as somebody. */
export const isWord = (name: string): boolean =>
  /^\p{L}+(?:[_-]\p{L}+)*$/u.test(name) && name.length <= MAX_NAME;

const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/(\p{Ll})(?=\p{Lu})|(\p{L})(?=\d)/gu, '$& ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
