import axe, { type AxeResults } from 'axe-core';

/** A page in Playwright or Puppeteer. */
interface ScriptedPage {
  evaluate(script: string): Promise<unknown>;
}

/**
 * What keeps people out of a page: everything that axe calls serious or critical (WCAG A and AA, contrast included), in words.
 *
 * @returns one line each, with the rule, what was found, and where
 */
export async function barriersIn(page: ScriptedPage): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`);
  return (results as AxeResults).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
    );
}
