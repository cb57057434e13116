import { hiddenCharacter, hiddenCharacterCure, type TextRule } from './characters.ts';
import { ownFormatFault } from './own-format.ts';
import {
  type MessageField,
  MESSAGE_FIELDS,
  type MessageFieldName,
  messageFieldNames,
  messageSchema,
  type Message,
  inLanguage,
  languagesOf,
} from './message.ts';

/** A message on its way in. Stored messages are read by `messageSchema`: they may be from before texts were checked. */
export const newMessageSchema = messageSchema.superRefine((message, context) => {
  for (const { path, character } of hiddenIn(message))
    context.addIssue({ code: 'custom', path, message: hiddenCharacterCure(character) });
  for (const path of deadLinksIn(message)) context.addIssue({ code: 'custom', path, message: DEAD_LINK });
  for (const { field, cause } of conflictsIn(message))
    context.addIssue({ code: 'custom', path: [field], message: cause });
});

/** Fields that do not go together: browsers throw on such a notification, and show nothing, or only its words. */
export function conflictsIn(message: Message): { field: MessageFieldName; cause: string }[] {
  const conflicts: { field: MessageFieldName; cause: string }[] = [];
  if (message.renotify && message.tag.trim() === '')
    conflicts.push({
      field: 'renotify',
      cause: 'Add a tag: only a notification with a tag can alert again.',
    });
  if (message.silent && message.vibrate.length > 0)
    conflicts.push({ field: 'vibrate', cause: 'A silent notification can’t vibrate: turn one of them off.' });
  const fault = message.format === 'own' ? ownFormatFault(message.ownFormat) : null;
  if (fault !== null) conflicts.push({ field: 'ownFormat', cause: fault });
  return conflicts;
}

export const DEAD_LINK = 'No browser can open this address: check its spelling.';

/** Gives the problems of a language paths within the message. */
function inTexts<Found extends { path: (string | number)[] }>(
  message: Message,
  find: (message: Message) => Found[],
): Found[] {
  const languages = languagesOf(message);
  if (languages.length === 0) return [];
  const own = new Set(find({ ...message, texts: {} }).map(({ path }) => path.join('.')));
  return languages.flatMap((language) =>
    find({ ...inLanguage(message, language), texts: {} })
      .filter(({ path }) => !own.has(path.join('.')))
      .map((found) => ({ ...found, path: ['texts', language, ...found.path] })),
  );
}

/** Fields where something begins like an address and is not one, such as `https://` alone. */
export function deadLinksIn(message: Message): (string | number)[][] {
  const links: [(string | number)[], unknown][] = [
    ...messageFieldNames.flatMap((name): [string[], unknown][] =>
      (MESSAGE_FIELDS[name] as MessageField).isLink === true ? [[[name], message[name]]] : [],
    ),
    ...message.actions.map(({ url }, at): [(string | number)[], unknown] => [['actions', at, 'url'], url]),
  ];
  const found = links.filter(([, link]) => typeof link === 'string' && isDead(link)).map(([path]) => path);
  const inOthers = inTexts(message, (one) => deadLinksIn(one).map((path) => ({ path })));
  return [...found, ...inOthers.map(({ path }) => path)];
}

/** A link may contain variables anywhere. Blanks in a host are refused explicitly: some versions of Chromium accept them. */
function isDead(link: string): boolean {
  if (!/^https?:/i.test(link)) return false;
  return /^https?:\/\/[^/?#]*\s/i.test(link) || !URL.canParse(link.replaceAll(/\{\{[^{}]*\}\}/g, 'x'));
}

/** Fields where a message holds a character that it must not hold. */
export function hiddenIn(message: Message): { path: (string | number)[]; character: string }[] {
  const texts = [
    ...messageFieldNames.flatMap((name): [(string | number)[], string, TextRule][] => {
      const { text: rule } = MESSAGE_FIELDS[name] as MessageField;
      const value = message[name];
      return rule === undefined || typeof value !== 'string' ? [] : [[[name], value, rule]];
    }),
    ...message.actions.flatMap((action, at): [(string | number)[], string, TextRule][] => [
      [['actions', at, 'title'], action.title, 'line'],
      [['actions', at, 'url'], action.url, 'name'],
    ]),
  ];
  const found = texts.flatMap(([path, text, rule]) => {
    const character = hiddenCharacter(text, rule);
    return character === null ? [] : [{ path, character }];
  });
  return [...found, ...inTexts(message, hiddenIn)];
}
