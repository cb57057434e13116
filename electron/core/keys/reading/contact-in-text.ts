import { decodeBase64 } from '../../text/base64url.ts';
import { checkSubject } from '../subject.ts';

const MAIL = /mailto:(?:\/\/)?[^\s"'`<>,;)\\}\]|]{3,254}/gi;
const NAMED =
  /(?:subject|contact|mail_?to|admin[_-]?e?mail|(?:vapid|push|owner|sender|claims?)[_-]?(?:\w{1,12}[_-])?e?mail|["']sub["'])(?:[_-]?(?:e?mail|url|address))?["'\]]?\s{0,9}(?:=>|[:=,])?\s{0,9}["'(]{0,2}(https:\/\/[^\s"'`<>,;)\\]{3,300}|[^\s"'`<>@,;:=()]{1,64}@[^\s"'`<>@,;:=()\\]{3,253})/gi;

/** Values of Kubernetes' Secrets, and files that were encoded as a whole. */
const ENCODED = /[A-Za-z0-9+/_-]{11,}={0,2}/g;
const MAX_ENCODED = 200;
const MAX_NAME = 60;

/**
 * The contact that stands beside a key pair, as libraries want it: as it is, or in base64 as the values of a Kubernetes Secret.
 *
 * @returns as it is to be used, or `null` when there is none that push services take
 */
export function contactIn(text: string): string | null {
  return plainContactIn(text) ?? plainContactIn(decodedIn(text));
}

/** What stands in base64, each with the name before it. */
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

function plainContactIn(text: string): string | null {
  const found = [
    ...[...text.matchAll(MAIL)].map(([contact]) => contact),
    ...[...text.matchAll(NAMED)].map(([, contact = '']) =>
      contact.startsWith('https:') ? contact : `mailto:${contact}`,
    ),
  ];
  for (const contact of found.slice(0, 20)) {
    const checked = checkSubject(contact.replace(/[.]+$/, ''));
    if (checked.kind !== 'refused') return checked.subject;
  }
  return null;
}
