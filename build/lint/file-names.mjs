import path from 'node:path';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*(\.test)?$/;

/**
 * The rule: modules are named in kebab-case, component files (`.tsx`) in PascalCase.
 * @type {import('eslint').Rule.RuleModule}
 */
export const fileNames = {
  meta: { type: 'suggestion', schema: [], messages: { name: '{{name}}: {{expected}}.' } },
  create(context) {
    return {
      Program(node) {
        const { name, ext } = path.parse(context.filename);
        if (KEBAB.test(name) || (ext === '.tsx' && PASCAL.test(name))) return;
        const expected =
          ext === '.tsx' ? 'a component file is named in PascalCase' : 'a module file is named in kebab-case';
        context.report({ node, messageId: 'name', data: { name: name + ext, expected } });
      },
    };
  },
};
