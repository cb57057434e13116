import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CONTROL_LABELS } from './control-labels.ts';
import { DIAGNOSIS_WORDS } from '../diagnosis/diagnosis-words.ts';

it('errors name a control by the label that the screen takes from the same place', () => {
  expect(JSON.stringify(DIAGNOSIS_WORDS)).toContain(`turn on “${CONTROL_LABELS.allowPrivateEndpoints}”`);
  const sources = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8'));
  for (const source of sources) expect(source).not.toMatch(/[Aa]llow (?:endpoints at )?private addresses/);
});
