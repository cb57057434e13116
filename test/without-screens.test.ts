import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { hasCureWithoutScreens } from '../electron/engine/serve/without-screens.ts';
import { ROOT } from './e2e/support/pushdesk.ts';

const SCREENS = 'Overview|Compose|Campaigns|Subscriptions|Keys|Server|Settings';
/** As texts name a screen: "on Keys", "in Settings", "the Server screen". */
const NAMES_SCREEN = new RegExp(
  `\\b(?:on|in|to|from|at|under) (?:${SCREENS})\\b|\\b(?:${SCREENS}) screen\\b`,
);
/** Texts that people without a window never see. */
const WINDOW_ONLY = [
  // Rehearsals are not served over HTTP.
  'electron/engine/areas/rehearsal/rehearsal-problems.ts',
  // Chosen by where the port came from: without a window, it came from the environment, or the words are replaced by their code.
  'electron/engine/http/port-problems.ts',
  // Has words of its own for the engine without a window.
  'electron/core/keys/private-half.ts',
  // Leads to a screen only where the app says that it does not read a variable of the engine without a window.
  'electron/core/environment/variables.ts',
];

interface Found {
  file: string;
  text: string;
  /** Possible codes of the problem that the text belongs to. */
  codes: string[];
}

const isText = (node: ts.Node): node is ts.StringLiteral | ts.NoSubstitutionTemplateLiteral =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);

function textOf(node: ts.Node): string | null {
  if (isText(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('…');
}

/** Names and texts within a node that look like a code. */
function codesIn(node: ts.Node): string[] {
  const codes: string[] = [];
  const visit = (inner: ts.Node) => {
    if (isText(inner) && /^[a-z]+(?:-[a-z]+)*$/.test(inner.text)) codes.push(inner.text);
    // The codes of SEND_BLOCKERS are named by their members.
    if (ts.isPropertyAccessExpression(inner))
      codes.push(inner.name.text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return codes;
}

/** The entry, branch or statement that makes the problem to which a text belongs. */
function surroundings(text: ts.Node): { node: ts.Node; own: string[] } {
  let node = text;
  for (;;) {
    const { parent } = node;
    if (ts.isPropertyAssignment(node) && !/^(?:cure|cause)$/.test(node.name.getText()))
      return { node, own: [node.name.getText().replaceAll("'", '')] };
    const isBranch = ts.isCaseClause(node) || (ts.isIfStatement(node) && !ts.isSourceFile(parent));
    if (isBranch || ts.isFunctionLike(node) || ts.isSourceFile(parent)) return { node, own: [] };
    node = parent;
  }
}

function textsThatNameScreens(file: string): Found[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Found[] = [];
  const visit = (node: ts.Node) => {
    const text = textOf(node);
    if (text !== null && NAMES_SCREEN.test(text)) {
      const { node: around, own } = surroundings(node);
      found.push({ file, text, codes: [...own, ...codesIn(around)] });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('has another cure, for the engine without a window, for every problem that leads to a screen', () => {
  const files = globSync('electron/{core,files,engine}/**/*.ts', { cwd: ROOT }).filter(
    (file) => !/\.test\.ts$|\/testing\//.test(file) && !WINDOW_ONLY.includes(file),
  );
  const found = files.flatMap(textsThatNameScreens);
  expect(found.length, 'the scan finds the texts').toBeGreaterThan(10);
  expect(found.filter(({ codes }) => !codes.some(hasCureWithoutScreens))).toEqual([]);
});
