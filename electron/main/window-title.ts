const APP = 'Pushdesk';
const SUFFIX = ` – ${APP}`;
const MOST = 120;

/**
 * The title of a window: that of its page, with the name of its workspace before the name of the app.
 *
 * @param title as the page has it: `Keys – Pushdesk`, or anything
 * @param workspace `null`: the one of the app itself, which needs no name
 */
export function windowTitle(title: string, workspace: string | null): string {
  const plain = Array.from(title.replace(/\p{C}/gu, '')).slice(0, MOST).join('');
  if (workspace === null) return plain;
  const screen = plain.endsWith(SUFFIX) ? plain.slice(0, -SUFFIX.length) : '';
  return [...(screen === '' ? [] : [screen]), workspace, APP].join(' – ');
}
