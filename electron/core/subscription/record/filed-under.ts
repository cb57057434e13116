import { isDeviceName } from './device-name.ts';
import { plainName, type FieldRoles } from './field-role.ts';
import { asTag, groupOf, isLogin, isOfTheGone, isWord, type Group } from './group-name.ts';

/** Names that say what something is, and not whose. */
const WRAPPERS =
  /^(?:(?:push|web|webpush|browser|my|user)?(?:subscriptions?|subs?|subscribers?|tokens?|endpoints?|registrations?|devices?)(?:info|data|json|object)?|data|fields?|source|attributes|payload|body|items?|rows?|records?|docs?|documents?|results?|hits?|value|values|content|entries|list|response|request|users?|customers?|members?|push|web|webpush|notifications?|json|params|object|model|info|event|message|msg|root|export|collections?|default|public|vapid|keys?|\d{1,2})$/;

/** A single name is a wrapper, unless no programmer would write it. */
export function isWrapper(name: string, siblings: number): boolean {
  const plain = plainName(name);
  if (WRAPPERS.test(plain) || name.startsWith('$') || isDeviceName(name)) return true;
  return siblings === 1 && /^[a-z_][a-zA-Z_]*$/.test(name);
}

/**
 * The names among those that subscriptions are filed under that are those of groups. Where they are at least as many as others, a word
 * beside them is one, too.
 *
 * @param isSubscription whether a value is a single one
 */
export function groupsAmong(
  holding: readonly { name: string; one: unknown }[],
  roles: FieldRoles,
  isSubscription: (value: unknown) => boolean,
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  const count = holding.length;
  for (const { name, one } of holding) {
    const group = groupOf(name, roles);
    if (group === null) continue;
    const isCertain = count > 1 && !isWrapper(name, count) && !(isLogin(name) && isSubscription(one));
    if (isCertain || isOfTheGone(group)) groups.set(name, group);
  }
  if (groups.size === 0 || groups.size * 2 < count) return groups;
  for (const { name, one } of holding)
    if (!groups.has(name) && isWord(name) && !isWrapper(name, count) && !isSubscription(one))
      groups.set(name, asTag(name));
  return groups;
}
