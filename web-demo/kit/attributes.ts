import type { Options } from './status.ts';

/** `news:News, offers:Special offers`: tags, each with the words that a visitor reads. */
export const readTopics = (text: string | null): { tag: string; label: string }[] =>
  pairsOf(text, ':').map(([tag, label]) => ({ tag, label: label || tag }));

/** Names and values; a value without a name is left out. */
const pairsOf = (text: string | null, sign: string): [string, string][] =>
  (text ?? '').split(',').flatMap((item) => {
    const [name = '', ...value] = item.split(sign);
    return name.trim() ? [[name.trim(), value.join(sign).trim()]] : [];
  });

const namesOf = (text: string) => readTopics(text).map(({ tag }) => tag);

/** Attributes of the element as options; what is not set may have been set by a call. */
export const READERS: Record<string, (text: string) => Options> = {
  engine: (engine) => ({ engine }),
  'public-key': (publicKey) => ({ publicKey }),
  worker: (worker) => ({ worker }),
  scope: (scope) => ({ scope }),
  lang: (lang) => ({ lang }),
  offline: () => ({ offline: true }),
  'existing-worker': () => ({ existingWorker: true }),
  'take-over': (text) => ({ takeOver: namesOf(text) }),
  tags: (text) => ({ tags: namesOf(text) }),
  /** `plan=pro, city=Oslo`. */
  attributes: (text) => ({ attributes: Object.fromEntries(pairsOf(text, '=')) }),
};
