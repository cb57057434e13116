import type { Problem } from '../contract/problem.ts';
import { APP_ORIGIN, isAppUrl, parseUrl } from './app-url.ts';

export type ProblemAction = 'try-again' | 'open-data-folder' | 'quit';

/** A problem that takes the place of the app in the window. */
export interface ShownProblem {
  problem: Problem;
  /** Whether the app had been in use before. */
  wasReady: boolean;
  /** Whether there is a data folder to look into. */
  hasDataFolder: boolean;
  /** Whether the app ends with this window: other workspaces may be open beside it. */
  isWholeApp: boolean;
}

const LABELS: Record<ProblemAction, string> = {
  'try-again': 'Try again',
  'open-data-folder': 'Open data folder',
  quit: 'Quit',
};
const PREFIX = '/do/';

/** What the window shows where it cannot show the app itself: no script, so that nothing more can break. */
export function renderProblemPage({ problem, wasReady, hasDataFolder, isWholeApp }: ShownProblem): string {
  const links = Object.entries(LABELS)
    .filter(([action]) => hasDataFolder || action !== 'open-data-folder')
    .map(([action, label]) => [action, action === 'quit' && !isWholeApp ? 'Close window' : label] as const)
    .map(([action, label]) => `<a href="${APP_ORIGIN}${PREFIX}${action}">${label}</a>`)
    .join('\n        ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Pushdesk</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${headingOf(wasReady, isWholeApp)}</h1>
      <p>${escapeHtml(problem.cause)}</p>
      <p>${escapeHtml(problem.cure)}</p>
      <nav>
        ${links}
      </nav>
      <p class="code">${escapeHtml(problem.code)}</p>
    </main>
  </body>
</html>
`;
}

function headingOf(wasReady: boolean, isWholeApp: boolean): string {
  if (isWholeApp) return wasReady ? 'Pushdesk had to stop' : 'Pushdesk could not start';
  return wasReady ? 'This workspace had to stop' : 'This workspace could not be opened';
}

/** The action that a link on the problem page stands for, or `null` for any other URL. */
export function readProblemAction(text: string): ProblemAction | null {
  const url = parseUrl(text);
  if (url === null || !isAppUrl(text) || !url.pathname.startsWith(PREFIX)) return null;
  const name = url.pathname.slice(PREFIX.length);
  return isAction(name) ? name : null;
}

function isAction(name: string): name is ProblemAction {
  return Object.hasOwn(LABELS, name);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; font: 14px/1.5 system-ui, sans-serif; background: light-dark(#ffffff, #18181b); color: light-dark(#1b1b20, #ececf0); }
  main { max-width: 560px; margin: 18vh auto 0; padding: 0 24px; }
  h1 { font-size: 20px; font-weight: 600; margin: 0 0 12px; }
  p { margin: 0 0 12px; overflow-wrap: anywhere; }
  nav { display: flex; gap: 8px; margin: 24px 0; }
  a { padding: 6px 14px; border-radius: 6px; border: 1px solid light-dark(#d3d3db, #3a3a43); color: inherit; text-decoration: none; }
  a:first-child { background: #4f5bd0; border-color: transparent; color: #ffffff; }
  a:focus-visible { outline: 2px solid light-dark(#4f5bd0, #7d88ec); outline-offset: 2px; }
  .code { font: 12px/1.5 ui-monospace, monospace; color: light-dark(#70707d, #8f8f9b); }
`;
