import { describe, expect, it } from 'vitest';
import { STEPS, stepsNamed } from './steps.mjs';

const names = (...wanted) => stepsNamed(wanted).map(({ name }) => name);

describe('the steps of npm test', () => {
  it('are all of them when none is named, the build first', () => {
    expect(stepsNamed([])).toEqual(STEPS);
    expect(names()[0]).toBe('build');
  });

  it('are those that are named', () => {
    expect(names('unit', 'lint')).toEqual(['lint', 'unit']);
  });

  it('bring the build along where they work on it', () => {
    expect(names('e2e')).toEqual(['build', 'e2e', 'e2e']);
    expect(names('integration', 'unit')).toEqual(['build', 'unit', 'integration']);
  });

  it('are named in the error when there is none of that name', () => {
    expect(() => stepsNamed(['units'])).toThrow(/no step named units: choose from build, types, lint/);
  });
});
