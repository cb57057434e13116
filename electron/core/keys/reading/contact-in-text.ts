import { decodeBase64 } from '../../text/base64url.ts';
import { checkSubject } from '../subject.ts';

/** What stands in an address; an apostrophe only between letters, as in O’Neil: elsewhere it is a quotation mark. */
const MAIL = /mailto:(?:\/\/)?(?:[^\s"'`<>,;)\\}\]|]|(?<=\w)'(?=\w)){3,254}/gi;
const NAMED =
  /(?:set_?vapid_?details|subject|contact|subscriber|mail_?to|admin[_-]?e?mail|(?:vapid|push|owner|sender|claims?)[_-]?(?:\w{1,12}[_-])?e?mail|["']sub["'])(?:[_-]?(?:e?mail|url|address))?["'\]]?\s{0,9}(?:=>|[:=,])?\s{0,9}["'(]{0,2}(?:(?:mailto:)?[^\n<>"'@:=]{1,60}<)?(https:\/\/[^\s"'`<>,;)\\]{3,300}|(?:[^\s"'`<>@,;:=()]|(?<=\w)'(?=\w)){1,64}@[^\s"'`<>@,;:=()\\}\]]{3,253})/gi;
/** What libraries call it; other names are also those of a shop’s mail. */
const OWN_NAME = /subject|contact|subscriber|vapid|claims?\b|\bsub\b/i;
const COMMENT = /^\s*(?:#|\/\/|\/?\*|--|;|<!--)/;

/** What people call their own address in notes; less certain than the names that libraries use. */
const NOTED =
  /(?:^|[\n{,])[ \t>*-]{0,8}["'[]{0,2}(?:e-?mail|mail|correo(?: ?electr[oó]nico)?|courriel|adresse e-?mail|e-?mail-?adresse|posta(?: elettronica)?|e-?post|почта|эл\. ?почта|メール(?:アドレス)?|邮箱|電子郵件|이메일)["'\]]{0,2}\s{0,9}(?:=>|[:=：])\s{0,9}["'(]{0,2}([^\s"'`<>@,;:=()]{1,64}@[^\s"'`<>@,;:=()\\]{3,253})/giu;

/** Values of Kubernetes Secrets, and files that were encoded as a whole. */
const ENCODED = /[A-Za-z0-9+/_-]{11,}={0,2}/g;
const MAX_ENCODED = 200;
const MAX_NAME = 60;
/** Of a line, how much can say what the value in it is. */
const MAX_BEFORE = 200;

/**
 * The contact given beside a key pair, as libraries require it: in plain text, or in base64 like the values of a Kubernetes Secret.
 *
 * @returns those that push services accept, in the form to be used, each once; the first one is the most certain
 */
export function contactsIn(text: string): string[] {
  const plain = namedIn(text);
  if (plain.length > 0) return plain;
  const decoded = decodedIn(text);
  for (const found of [namedIn(decoded), notedIn(text), notedIn(decoded)]) if (found.length > 0) return found;
  return [];
}

/** Texts that are in base64, each with the name before it. */
function decodedIn(text: string): string {
  const lines: string[] = [];
  let count = 0;
  for (const { 0: run, index } of text.matchAll(ENCODED)) {
    if (count === MAX_ENCODED) break;
    const bytes = decodeBase64(run);
    if (
      bytes === null ||
      !bytes.every((byte) => byte === 0x0a || byte === 0x0d || (byte >= 0x20 && byte < 0x7f))
    ) {
      continue;
    }
    count += 1;
    const name =
      text
        .slice(Math.max(0, index - MAX_NAME), index)
        .split('\n')
        .at(-1) ?? '';
    lines.push(name + String.fromCharCode(...bytes.subarray(0, 10_000)));
  }
  return lines.join('\n');
}

const notedIn = (text: string): string[] =>
  taken([...text.matchAll(NOTED)].map(([, address = '']) => `mailto:${address}`));

function namedIn(text: string): string[] {
  const found = [
    ...[...text.matchAll(MAIL)].map(({ 0: contact, index }) => ({ contact, index })),
    ...[...text.matchAll(NAMED)].map(({ 0: whole, 1: contact = '', index }) => ({
      contact: contact.startsWith('https:') ? contact : `mailto:${contact}`,
      index: index + whole.length - contact.length,
    })),
  ].map(({ contact, index }) => ({ contact, certainty: certaintyAt(text, index) }));
  return taken(found.sort((one, other) => other.certainty - one.certainty).map(({ contact }) => contact));
}

/** How certain it is that what stands there is the contact: most in a value that is called so, least in a comment. */
function certaintyAt(text: string, index: number): number {
  const from = Math.max(0, index - MAX_BEFORE);
  const before = text.slice(from, index);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (COMMENT.test(line)) return 0;
  return OWN_NAME.test(line) ? 2 : 1;
}

function taken(contacts: readonly string[]): string[] {
  const subjects = contacts.slice(0, 20).flatMap((contact) => {
    const checked = checkSubject(contact.replace(/[.]+$/, ''));
    return checked.kind === 'refused' ? [] : [checked.subject];
  });
  return [...new Set(subjects)];
}
