import type { Problem } from '../../contract/problem.ts';

interface Foreign {
  readonly isIt: (text: string) => boolean;
  readonly cause: string;
  readonly cure: string;
}

const SUBSCRIBE =
  'Have the page call pushManager.subscribe(), and import what JSON.stringify(subscription) gives there.';
const startsWith = (start: string) => (text: string) => text.startsWith(start);
const has = (pattern: RegExp) => (text: string) => pattern.test(text);

/** What people take for subscriptions, and files that have to be opened by another program first. */
const FOREIGN: readonly Foreign[] = [
  {
    isIt: startsWith('PK\u0003\u0004'),
    cause: 'This is a zip archive or an Excel workbook.',
    cure: 'Unpack it, or save the sheet as CSV, and import that.',
  },
  {
    isIt: (text) => text.startsWith('\u001f') && /^.[\u008b\ufffd]/.test(text),
    cause: 'This file is compressed (gzip).',
    cure: 'Unpack it, and import what is in it.',
  },
  {
    isIt: startsWith('SQLite format 3'),
    cause: 'This is a database of SQLite.',
    cure: 'Export the table with the subscriptions as CSV, and import that.',
  },
  {
    isIt: startsWith('%PDF-'),
    cause: 'This is a PDF.',
    cure: 'Export the subscriptions as CSV or JSON where the PDF was made, and import that.',
  },
  {
    isIt: has(/(?<![\w/:-])[\w-]{11,40}:APA91[\w-]{60}/),
    cause: 'This is a registration token of Firebase (FCM), which has neither an endpoint nor keys.',
    cure: SUBSCRIBE,
  },
  {
    isIt: has(/\bExpo(?:nent)?PushToken\[/),
    cause: 'This is a push token of Expo, for phone apps, which has neither an endpoint nor keys.',
    cure: SUBSCRIBE,
  },
  {
    // `"endpoint` or `https://`, each letter as two digits.
    isIt: has(/22656e64706f696e74|68747470733a2f2f/i),
    cause: 'There is an endpoint here, but its letters are written in hex.',
    cure: 'Export it as text (PostgreSQL’s convert_from does that), and import that.',
  },
  {
    isIt: has(/(?:vapid|public)[^\n]{0,40}\bB[\w-]{86}\b[^]{0,200}priv/i),
    cause: 'These are VAPID keys, not subscriptions.',
    cure: 'Keys are imported separately from subscriptions.',
  },
];

/** The problem of a text that is something else which people import by mistake; `null`: it is not known what it is. */
export function foreignForm(text: string): Problem | null {
  const found = FOREIGN.find(({ isIt }) => isIt(text));
  return found === undefined ? null : { code: 'foreign-form', cause: found.cause, cure: found.cure };
}
