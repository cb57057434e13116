import { describe, expect, it } from 'vitest';
import { whyNothing } from './why-nothing.ts';
import { importPreview } from './testing/import-preview.ts';

describe('a press of Import', () => {
  it.each([{ newCount: 1 }, { knownCount: 1, badCount: 7 }])('has something to store: %o', (counts) => {
    expect(whyNothing({ kind: 'read', preview: importPreview(counts) }, false)).toBeNull();
  });

  it('waits while it is being read', () => {
    expect(whyNothing({ kind: 'reading', progress: null }, false)).toBeNull();
  });

  it('says what is missing, and why nothing of it can be taken', () => {
    expect(whyNothing({ kind: 'none' }, false)?.cure).toContain('choose a file');
    expect(whyNothing({ kind: 'none' }, true)?.cause).toContain('empty');
    expect(whyNothing({ kind: 'read', preview: importPreview({ badCount: 3 }) }, false)?.cure).toContain(
      'each line',
    );
  });

  it("gives the engine's own words", () => {
    const problem = { code: 'x', cause: 'It is too large.', cure: 'Split it.' };
    expect(whyNothing({ kind: 'refused', problem }, true)).toBe(problem);
  });
});
