import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What in a page keeps people out: everything that axe calls serious or critical (WCAG A and AA, contrast included), in words.
 *
 * @returns one line each, with the rule, what was found, and where
 */
export async function barriersIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const results = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return results.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      found: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, found }) => found.map((words) => `${id} at ${words}`));
}
