const LONGEST = 140;

/**
 * The rule: the formatter breaks code, but neither comments nor texts. Texts may be as long as they have to be.
 * @type {import('eslint').Rule.RuleModule}
 */
export const longLines = {
  meta: { type: 'layout', schema: [], messages: { long: `This line has more than ${LONGEST} characters.` } },
  create(context) {
    const { lines } = context.sourceCode;
    const long = new Set(lines.flatMap((line, index) => (line.length > LONGEST ? [index + 1] : [])));
    if (long.size === 0) return {};
    const leaveOut = (/** @type {import('estree').Node} */ { loc }) => {
      for (let line = loc?.start.line ?? 0; line <= (loc?.end.line ?? -1); line++) long.delete(line);
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string' || 'regex' in node) leaveOut(node);
      },
      TemplateElement: leaveOut,
      'Program:exit'() {
        for (const line of long) context.report({ loc: { line, column: LONGEST }, messageId: 'long' });
      },
    };
  },
};
