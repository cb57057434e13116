import { describe, expect, it } from 'vitest';
import { readProblemAction, renderProblemPage } from './problem-page.ts';

const FACTS = {
  wasReady: false,
  hasDataFolder: true,
  isWholeApp: true,
  problem: { code: 'a', cause: 'b', cure: 'c' },
};
const actionsOf = (page: string) =>
  [...page.matchAll(/href="([^"]+)"/g)].map((match) => readProblemAction(match[1] ?? ''));

describe('the page that names a problem', () => {
  it('says what happened and what to do, and takes no markup from the words', () => {
    const page = renderProblemPage({
      ...FACTS,
      problem: {
        code: 'store-unreadable',
        cause: 'The file <script>alert("x")</script> & more cannot be read.',
        cure: "Move it away, it's broken.",
      },
    });
    expect(page).toContain('<h1>Pushdesk could not start</h1>');
    expect(page).toContain(
      'The file &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more cannot be read.',
    );
    expect(page).toContain('Move it away, it&#39;s broken.');
    expect(page).toContain('store-unreadable');
    expect(page).not.toContain('<script');
  });

  it('says so where the app had been in use', () => {
    expect(renderProblemPage({ ...FACTS, wasReady: true })).toContain('<h1>Pushdesk had to stop</h1>');
  });

  it('speaks of the workspace alone where others are open beside it', () => {
    const page = renderProblemPage({ ...FACTS, isWholeApp: false });
    expect(page).toContain('<h1>This workspace could not be opened</h1>');
    expect(page).toContain('>Close window<');
    expect(page).not.toContain('>Quit<');
  });

  it('has a link for each way out', () => {
    expect(actionsOf(renderProblemPage(FACTS))).toEqual(['try-again', 'open-data-folder', 'quit']);
    expect(actionsOf(renderProblemPage({ ...FACTS, hasDataFolder: false }))).toEqual(['try-again', 'quit']);
  });

  it.each([
    'app://pushdesk/do/format-disk',
    'app://pushdesk/do/constructor',
    'app://pushdesk/do/',
    'app://evil/do/quit',
    'https://pushdesk/do/quit',
    'quit',
  ])('takes no other link for an action: %s', (url) => {
    expect(readProblemAction(url)).toBeNull();
  });
});
