import { readInstant } from './instant.ts';
import { textOf } from './person-of.ts';

/** How a field tells whether somebody is still subscribed. */
export type SubscribedSense =
  /** `is_active`: no means that they left. */
  | 'isIn'
  /** `unsubscribed`: yes means that they left. */
  | 'isOut'
  /** `deleted_at`: a time means that they left. */
  | 'leftAt'
  /** `status`: a word says so. */
  | 'status'
  /** A number below zero says so, as in OneSignal. */
  | 'negative';

const NO =
  /^(?:0|f|false|n|no|off|inactive|disabled|\\x00|b'0'|nein|non|nee|nie|n[ãa]o|нет|いいえ|✗|✘|☐|❌)$/iu;
const YES = /^(?:1|t|true|y|yes|on|\\x01|b'1'|ja|s[iíì]|oui|sim|tak|да|はい|x|✓|✔|☑|✅)$/iu;
const LEFT =
  /^(?:un-?subscribed?|unsubscribe|opt(?:ed)?[ _-]?out|expired|inactive|in-?valid|gone|deleted|removed|disabled|revoked|blocked|bounced|dead|cancel+ed|unregistered|deactivated|stopped|suspended|banned|not[ _-]?subscribed|withdrawn|churned|(?:de )?baja|cancelad[oa]|inactiv[oa]|inaktiv|inactif|inativo|abgemeldet|abbestellt|d[ée]s(?:inscrite?|abonn[ée]e?)|disiscritt[oa]|uitgeschreven|afgemeld|wypisan[ya]|отписан[а]?|停止|退会)(?: \(.{0,20}\))?$/iu;

/** Whether a value of such a field says that the person is no longer subscribed. A value that cannot be read says nothing. */
export function saysLeft(value: unknown, sense: SubscribedSense): boolean {
  const text = textOf(value);
  switch (sense) {
    case 'isIn':
      return text !== null && (NO.test(text) || LEFT.test(text));
    case 'isOut':
      return text !== null && (YES.test(text) || LEFT.test(text) || isTime(value));
    case 'leftAt':
      return isTime(value) || (text !== null && YES.test(text));
    case 'status':
      return text !== null && LEFT.test(text);
    case 'negative':
      return text !== null && /^-\d+$/.test(text);
  }
}

function isTime(value: unknown): boolean {
  // A day as written in other countries: 03.02.2025.
  if (typeof value === 'string' && /^\s*\d{1,2}[./-]\d{1,2}[./-](?:20)?\d{2}\b/.test(value)) return true;
  const at = readInstant(value);
  return at.kind === 'at' && at.ms > FIRST_PUSH;
}

/** Web Push did not exist before this: smaller numbers are not times. */
const FIRST_PUSH = Date.UTC(2012, 0, 1);
