import path from 'node:path';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*(\.test)?$/;

/** @type {import('eslint').Rule.RuleModule} */
const rule = {
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

/**
 * Modules are named in kebab-case, component files (`.tsx`) in PascalCase.
 * @returns {import('eslint').Linter.Config}
 */
export function fileNames() {
  return { plugins: { files: { rules: { name: rule } } }, rules: { 'files/name': 'error' } };
}
