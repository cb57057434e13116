import axe, { type AxeResults } from 'axe-core';

/** A page in Playwright or Puppeteer. */
interface ScriptedPage {
  evaluate(script: string): Promise<unknown>;
}

/** The rules that look at colours. */
const CONTRAST: axe.RunOptions = {
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};

/**
 * What keeps people out of a page: everything that axe calls serious or critical (WCAG A and AA, contrast included), in words.
 *
 * @param check `contrast`: of a page that was checked before, and has only changed its colours since
 * @returns one line each, with the rule, what was found, and where
 */
export async function barriersIn(
  page: ScriptedPage,
  check: 'everything' | 'contrast' = 'everything',
): Promise<string[]> {
  if (check === 'everything') await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(check === 'contrast' && CONTRAST) };
  const results = await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`);
  return (results as AxeResults).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
    );
}
