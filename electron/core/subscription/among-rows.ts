import type { Region } from './region.ts';

/** Jira's `{code:json}`, and lines that tell Elasticsearch what to do with the document on the next line. */
const MARK =
  /\{(?:code|noformat|quote|panel)(?::[^{}"'\r\n]{0,200})?\}|\{\s?"(?:index|create|update|delete)"\s?:\s?\{(?:\s?"_\w{1,20}"\s?:\s?"[^"\r\n]{0,200}",?){0,5}\s?\}\s?\}/y;
const MAX_MARK = 1300;
const MAX_INDENT = 80;

/** Where a mark ends that only says how the text around it is meant; `null`: there is none. */
export function endOfMark({ text, end, reach }: Region, at: number): number | null {
  if (!/^\{(?:[cnqp]|\s?"[icud])/.test(text.slice(at, at + 4))) return null;
  if (at + MAX_MARK > end && !/[\r\n]/.test(text.slice(at, end))) reach.to = Infinity;
  MARK.lastIndex = at;
  const mark = MARK.exec(text)?.[0];
  return mark === undefined || at + mark.length > end ? null : at + mark.length;
}

/** Whether a line has nothing but the name of an object: it stands for a row that was not printed. */
export function isObjectAlone({ text, before = '', end }: Region, at: number, next: number): boolean {
  if (!/^\[object (?:Object|PushSubscription\w*)\]$/.test(text.slice(at, next))) return false;
  const lead = (before + text.slice(Math.max(0, at - MAX_INDENT), at)).slice(-MAX_INDENT);
  return /(?:^|[\r\n])[ \t]*$/.test(lead) && (next >= end || /[\r\n]/.test(text.charAt(next)));
}
