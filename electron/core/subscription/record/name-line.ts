import type { FieldRole, FieldRoles } from './field-role.ts';
import { splitLabel, withoutQuotes } from './labelled-lines.ts';
import type { Leaf } from './found-record.ts';

/** What a separate line says about the subscription below it. */
export interface NameLine {
  readonly said: readonly Leaf[];
  /** Whether it is marked as a heading, which may have a blank line below it. */
  readonly isHeading: boolean;
}

const MAX_LINE = 60;
const MAX_WORDS = 4;
const MARKS = /^(?:#{1,6}\s|={2,}\s|-{2,}\s|\/\/\s|\*{1,2}(?=\S)|_{2}(?=\S))\s*|\s*[:=*#_-]+$/g;
const HEADING = /^(?:#{1,6}|={2,}|-{2,}|\/\/)\s/;
const EMAIL = /^<?([^\s@<>,;]+@[^\s@<>,;]+\.\w+)>?$/;
const WORD = /^\p{Lu}[\p{L}\p{M}.'’-]*$/u;
const PARTICLE = /^(?:de|da|do|dos|del|della|di|du|la|le|van|von|der|den|zu|bin|al|el|y|e)$/;
const POSSESSIVE = /['’]s?$/;
const OF_A_DEVICE = /^[\p{L}\p{N}.-]+$/u;
/** Words above a subscription that are about it, or that open a letter: nobody has such a name. */
const OF_THE_SUBJECT =
  /^(?:push|web|subscri.*|endpoints?|keys?|json|results?|response|outputs?|inputs?|examples?|tests?|notes?|code|logs?|data.*|users?|browsers?|details|devices?|errors?|warnings?|info|debug|body|payload|requests?|updated?|edit|here|this|that|these|my|our|the|an?|is|it|and|or|for|from|to|with|vapid|servers?|clients?|tables?|rows?|records?|objects?|arrays?|lists?|strings?|null|undefined|none|steps?|version|page|total|done|ok|success|failed|saved|stored|before|after|first|second|third|last|next|old|new|other|more|hi|hello|hey|hallo|thanks|thank|dear|regards|cheers|note|production|staging|settings|config.*|expected|actual|behaviou?r|environment|reproduc.*|descriptions?|summary|context|screenshots?|uncaught|.*(?:error|exception)|message|messages|notifications?)$/i;
const WHO: ReadonlySet<FieldRole> = new Set(['externalId', 'label', 'email']);

/**
 * Whose the subscription below is, if a line says nothing else: `Ann Lee`, `## Ann’s phone`, `Ann:`, `ann@example.org`, `User ID: 7`. Words
 * that do not look like a name are not taken for one: a wrong name is worse than none.
 */
export function readNameLine(line: string, roles: FieldRoles): NameLine | null {
  const text = line.trim();
  if (text.length > MAX_LINE || text === '') return null;
  const isHeading = HEADING.test(text);
  const bare = text.replaceAll(MARKS, '').trim();
  const email = EMAIL.exec(bare)?.[1];
  if (email !== undefined) return { said: [{ path: 'email', value: email }], isHeading };
  const [name, value] = splitLabel(text) ?? [];
  if (name !== undefined && value !== undefined) {
    const isWho = WHO.has(roles.of(name)?.role ?? 'former') && !/https?:/.test(value);
    return isWho ? { said: [{ path: name, value: withoutQuotes(value) }], isHeading } : null;
  }
  return isName(bare) ? { said: [{ path: 'label', value: bare }], isHeading } : null;
}

/** Whether a line is only a name, and so not part of the labelled lines below it. */
export const isNameAlone = (line: string, roles: FieldRoles): boolean =>
  splitLabel(line.trim()) === null && readNameLine(line, roles) !== null;

function isName(text: string): boolean {
  const words = text.split(/\s+/);
  const owner = words.findIndex((word) => POSSESSIVE.test(word));
  const called = owner === -1 ? words : words.slice(0, owner + 1);
  if (words.length > MAX_WORDS || called.some((word) => OF_THE_SUBJECT.test(word))) return false;
  return words.every((word, index) => {
    // What belongs to somebody may be called anything: `Ann’s old iPhone 15`.
    if (owner !== -1 && index > owner) return OF_A_DEVICE.test(word);
    if (/^\p{Lu}{2,}$/u.test(word) || /[.!?]$/.test(word)) return false;
    return WORD.test(word) || (index > 0 && index < words.length - 1 && PARTICLE.test(word));
  });
}
