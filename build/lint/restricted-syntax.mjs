/**
 * The rule: refuses what its selectors find, each with a message of its own.
 * @type {import('eslint').Rule.RuleModule}
 */
export const restrictedSyntax = {
  meta: { type: 'problem', schema: { type: 'array' } },
  create(context) {
    return Object.fromEntries(
      context.options.map((/** @type {{selector: string, message: string}} */ { selector, message }) => [
        selector,
        (/** @type {import('estree').Node} */ node) => context.report({ node, message }),
      ]),
    );
  },
};
