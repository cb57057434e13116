import { isDeviceName } from './device-name.ts';
import { nameAbroad } from './names-abroad.ts';
import type { SubscribedSense } from './still-subscribed.ts';

/** What a name in a record stands for. */
export type FieldRole =
  /** A value that was replaced: it is ignored. */
  | 'former'
  | 'endpoint'
  | 'p256dh'
  | 'auth'
  | 'publicKey'
  | 'expirationTime'
  | 'addedAt'
  | 'encoding'
  | 'invalid'
  | 'subscribed'
  | 'label'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'externalId'
  | 'tags'
  | 'attributes'
  | 'attribute';

export interface Field {
  readonly role: FieldRole;
  /** The more certain one wins if several names of a record have the same role. */
  readonly sure: 1 | 2 | 3;
  /** The name here of an attribute, or of a mark that a person pointed out. */
  readonly name?: string;
  /** For a field that tells whether somebody is still subscribed: how it says so. */
  readonly sense?: SubscribedSense;
}

const field = (role: FieldRole, sure: Field['sure'] = 2): Field => ({ role, sure });
const subscribed = (sense: SubscribedSense): Field => ({ role: 'subscribed', sure: 2, sense });
const attribute = (name: string): Field => ({ role: 'attribute', sure: 2, name });

/** In order: the first match decides. They see the name in lower case, with only letters and digits. */
const RULES: readonly [RegExp, Field][] = [
  [/^endpoint$/, field('endpoint', 3)],
  [/endpoint(?:url|uri|address|link)?\d{0,3}$/, field('endpoint', 2)],
  [
    /^(?:identifier|push(?:url|uri|address)|subscription(?:url|uri)|deviceurl|url|uri)$/,
    field('endpoint', 1),
  ],
  // A previous value is not part of the current one.
  [
    /^(?:old|prev|previous|former|legacy|original|last)(?:endpoint|p256(?:dh)?(?:key)?|auth(?:key|token|secret)?|keys?(?:p256dh|auth))$/,
    field('former'),
  ],
  [/vapid|applicationserver|appserver|serverkey|serverpublic|senderpublickey/, field('publicKey')],
  [/p256/, field('p256dh', 3)],
  [
    /^(?:user|client|browser|subscription|sub|subscriber|push|device|web)?(?:public|pub)key\d{0,3}$/,
    field('p256dh', 2),
  ],
  [/^(?:key|dh|ecdh|browserkey|clientkey|userkey|encryptionkey)$/, field('p256dh', 1)],
  [/^(?:keys)?auth$/, field('auth', 3)],
  [/^o?auth(?:or|ent|oriz|provider|method|type|user|id)|^oauth/, field('attribute', 1)],
  [/auth(?:key|token|secret)?\d{0,3}$|^auth(?:key|token|secret)/, field('auth', 2)],
  [/^(?:token|secret|usertoken|clienttoken|pushtoken|subscriptiontoken)$/, field('auth', 1)],
  [
    /^(?:unsubscri(?:bed?|ption)|deleted?|deletion|removed?|removal|revoked?|disabled?|deactivated?|inactivated?|optedout|optout|bounced?|blocked|cancell?ed|suspended|banned|left|unsub|discarded?|withdrawn|churned)(?:at|on|date|time|timestamp|datetime|since)$|^date(?:unsubscribed|deleted|removed)$|^abgemeldetam$|^abmeldedatum$|^fecha(?:de)?baja$|^date(?:de)?d[ée]s(?:inscription|abonnement)$/,
    subscribed('leftAt'),
  ],
  [
    /^(?:is|was|has)?(?:unsubscribed?|deleted|removed|revoked|disabled|deactivated|inactive|invalid|expired|optedout|optout|bounced|blocked|cancell?ed|suspended|banned|trashed|archived|paused|muted|dead|gone|unsub|churned|abgemeldet|abbestellt|dado?de?baja|d[ée]s(?:inscrite?|abonn[ée]e?)|disiscritt[oa]|uitgeschreven|afgemeld|wypisan[ay]|descadastrad[oa]|отписан[а]?|отписался|配信停止|退会)$/,
    subscribed('isOut'),
  ],
  [
    /^(?:is|was|has)?(?:subscri(?:bed|ber)|active|activated|enabled|valid|optedin|optin|allowed|(?:accepts?|allows?|receives?|wants?|sends?)(?:push|notifications?)|notify|pushenabled|notificationsenabled|pushallowed|(?:push|marketing|notifications?|email)?consent(?:ed|given)?|aktiv|activ[oa]|acti(?:f|ve)|ativ[oa]|attiv[oa]|actief|aktywn[ya]|abonn[ée]e?|inscrite?|angemeldet|активен|подписан|有効)$/,
    subscribed('isIn'),
  ],
  [/^(?:subscription|subscriber|push|optin)?(?:status|state)$/, subscribed('status')],
  [/^(?:estado|estatus|statut|stato|toestand|статус|状態)$/, subscribed('status')],
  [/^notificationtypes$/, subscribed('negative')],
  [
    /^expir(?:ation|es|y|esat|ed?at|yat|ydate|yt?ime|ation(?:time|date|at))?$|^validuntil$/,
    field('expirationTime'),
  ],
  [
    /^(?:created?|add|subscri(?:bed|ption)|regist(?:ered|ration)|insert(?:ed)?|join)(?:ed)?(?:at|on|date|time|timestamp|datetime)?$/,
    field('addedAt'),
  ],
  [
    /^(?:date(?:created|added|subscribed|joined|registered)|created?dt|firstseen(?:at)?|creation(?:date|time))$/,
    field('addedAt'),
  ],
  [/^(?:content)?encodings?$|^supportedcontentencodings$/, field('encoding')],
  [/^invalididentifier$/, field('invalid')],
  [/^(?:label|fullname|displayname|devicename|nickname)$/, field('label', 3)],
  [
    /^(?:name|username|userlogin|usernicename|login|user(?:full)?name|customername|contactname)$/,
    field('label', 2),
  ],
  [/^device$/, field('label', 1)],
  [/^(?:first|given)names?$/, field('firstName')],
  [/^(?:last|family|sur)names?$|^surname$/, field('lastName')],
  [/^(?:e?mail|emailaddress|useremail|customeremail|contactemail)$/, field('email')],
  [/^external(?:user|customer|contact)?id$/, field('externalId', 3)],
  [
    /^(?:user|customer|member|account|client|contact|person|subscriber|owner|subscribable|notifiable|profile|visitor)(?:u?uid|id|pk)$/,
    field('externalId', 2),
  ],
  [/^(?:uid|user|owner|customer|member|account|client|subscriber|person|recipient)$/, field('externalId', 1)],
  [
    /^(?:tags?|topics?|segments?|groups?|categor(?:y|ies)|interests?|channels?|lists?|labels)$/,
    field('tags'),
  ],
  [
    /^(?:attributes|properties|props|traits|custom(?:data|fields|attributes)?|meta(?:data)?)$/,
    field('attributes'),
  ],
  [/^(?:lang(?:uage)?(?:code)?|locale)$/, attribute('language')],
  [/^(?:time ?zone(?:id|name)?|tz|tzname)$/, attribute('timeZone')],
  [/^(?:platform|os|deviceos|operatingsystem|osname|devicetype|devicemodel)$/, attribute('platform')],
  [/^(?:browser|browsername|useragentfamily)$/, attribute('browser')],
  [
    /^(?:country(?:code|name)?|city|region|state|plan|tier|gender|age|company|organi[sz]ation|role|site|domain|source|referr?er|utm[a-z]+|zip|postalcode|birthday|phone)$/,
    attribute(''),
  ],
];

/** The prefix of a name that a person declared to be an attribute. */
export const ATTRIBUTE_PREFIX = 'attribute:';

/** The prefix of a name that a person declared to tell who unsubscribed. */
export const UNSUBSCRIBED_PREFIX = 'unsubscribed:';

/** Most names in a file come up again in each of its rows. */
const MAX_REMEMBERED = 1000;

/** Tells what names stand for. It remembers those that it has seen, so each reading has one of its own. */
export interface FieldRoles {
  /** `null`: not known. @param name such as `keys.p256dh`, `web_auth` or `userPublicKey` */
  of(name: string): Field | null;
}

export function createFieldRoles(): FieldRoles {
  const remembered = new Map<string, Field | null>();
  return {
    of(name) {
      const known = remembered.get(name);
      if (known !== undefined) return known;
      const found = fieldOf(name);
      if (remembered.size < MAX_REMEMBERED) remembered.set(name, found);
      return found;
    },
  };
}

/** What a name stands for, by rule: spelling, case, separators and the prefixes of tables and products do not matter. */
export function fieldOf(name: string): Field | null {
  if (name.startsWith(ATTRIBUTE_PREFIX)) return attribute(name.slice(ATTRIBUTE_PREFIX.length));
  if (name.startsWith(UNSUBSCRIBED_PREFIX)) {
    return { ...subscribed('isOut'), name: name.slice(UNSUBSCRIBED_PREFIX.length) };
  }
  // Auth0 is a service that signs people in.
  if (name.length > 100 || /^auth0$/i.test(name)) return null;
  const plain = plainName(name);
  const whole = byRule(plain, name);
  if (whole !== null) return whole;
  // `tags.0`, `topics[1]`: one of a list, in a column of its own.
  const list = /^([\p{L}_]{3,30})(?:[./_]\d{1,2}|\[\d{1,2}\])$/u.exec(name)?.[1];
  const ofList = list === undefined ? null : byRule(plainName(list), list);
  if (ofList?.role === 'tags') return ofList;
  // `push_user_id`, `subscriptions.created_at`, `wp_push.email`: a prefix says where it comes from.
  const parts = name.split(/[.\s:/[\]]+/).filter((part) => part !== '');
  const last = parts.at(-1);
  if (last !== undefined && last !== name) {
    const found = byRule(plainName(last), last);
    if (found !== null) return found;
    // `users_permissions_user.data.id`: the last word says whose.
    const around = /^(?:id|pk|uuid)$/i.test(last)
      ? parts.slice(0, -1).findLast((part) => !/^(?:data|attributes|node|fields)$/i.test(part))
      : undefined;
    const owner = around?.match(/[a-z]+$|[A-Z][a-z]+$/)?.[0] ?? '';
    const ofOwner = owner === '' ? null : byRule(plainName(`${owner}id`), name);
    if (ofOwner?.role === 'externalId') return ofOwner;
  }
  const inside =
    /(?:^|\.)(?:attributes|properties|props|traits|custom_?(?:data|fields)|meta(?:data)?)\.([^.]+)$/i.exec(
      name,
    );
  if (inside?.[1] !== undefined) return attribute(inside[1]);
  const bare = plain.replace(/^(?:push|web|webpush|wp|sub|subscription|subscriber)(?=[a-z])/, '');
  return (bare === plain ? null : byRule(bare, name)) ?? partOfDevice(plain);
}

/** `auth_mobile`, `endpointWeb`: what it is of is behind. */
function partOfDevice(plain: string): Field | null {
  const [, part, device] = /^(endpoint|auth)(.+)$/.exec(plain) ?? [];
  if (device === undefined || !isDeviceName(device)) return null;
  return field(part === 'auth' ? 'auth' : 'endpoint', 2);
}

function byRule(plain: string, name: string): Field | null {
  for (const [pattern, found] of RULES) {
    if (!pattern.test(plain)) continue;
    return found.name === '' ? { ...found, name } : found;
  }
  const abroad = nameAbroad(plain);
  return abroad === null ? null : { sure: 2, ...abroad };
}

/** The letters and digits of a name, in lower case. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The `id` of a table of people is the id of a person: `UPDATE users SET … WHERE id = 7`. */
export function columnOf(column: string, table: string): string {
  if (!/^_?(?:id|pk|uuid)$/i.test(column)) return column;
  const owner = `${table.replace(/s$/i, '')}_id`;
  return fieldOf(owner)?.role === 'externalId' ? owner : column;
}
