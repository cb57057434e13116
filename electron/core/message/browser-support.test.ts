import { describe, expect, it } from 'vitest';
import { supportHint } from './browser-support.ts';

describe('supportHint', () => {
  it.each([
    ['badge', 'Not shown in Firefox and Safari.'],
    ['image', 'Not shown in Firefox and Safari.'],
    ['icon', 'Not shown in Safari.'],
    ['actions', 'Not shown in Firefox before 152 and Safari.'],
  ] as const)('%s', (part, hint) => {
    expect(supportHint(part)).toBe(hint);
  });
});
