import { protocol, type Session } from 'electron';
import { appAnswer, serveAppFile } from './app-files.ts';
import { APP_SCHEME, PROBLEM_URL, isSamePage } from './app-url.ts';
import { renderProblemPage, type ShownProblem } from './problem-page.ts';

/** Must run before the app is ready: later Chromium no longer accepts a scheme as standard and secure. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the window's files from `rendererDir`, and the page that names a problem while there is one. */
export function serveAppScheme(
  session: Session,
  options: { rendererDir: string; problem: () => ShownProblem | null },
): void {
  session.protocol.handle(APP_SCHEME, (request) => {
    const problem = options.problem();
    if (problem !== null && isSamePage(request.url, PROBLEM_URL)) {
      return appAnswer(renderProblemPage(problem), 'text/html; charset=utf-8');
    }
    return serveAppFile(options.rendererDir, request);
  });
}
