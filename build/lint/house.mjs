import { borders } from './borders.mjs';
import { fileNames } from './file-names.mjs';
import { longLines } from './long-lines.mjs';
import { restrictedSyntax } from './restricted-syntax.mjs';

/** The rules of our own, as a plugin of Oxlint. */
export default {
  meta: { name: 'house' },
  rules: {
    borders,
    'file-names': fileNames,
    'long-lines': longLines,
    'restricted-syntax': restrictedSyntax,
  },
};
