import { describe, expect, it } from 'vitest';
import { systemNeeds } from '../setup/set-up.mjs';
import { NEEDS } from '../setup/system-needs.mjs';
import { STEP_NAMES } from './step-names.mjs';
import { STEPS, stepsNamed } from './steps.mjs';

const names = (...wanted) => stepsNamed(wanted).map(({ name }) => name);

describe('the steps of npm test', () => {
  it('are all of them when none is named, the build first', () => {
    expect(stepsNamed([])).toEqual(STEPS);
    expect(names()[0]).toBe('build');
  });

  it('are those that are named', () => {
    expect(names('unit', 'lint')).toEqual(['lint', 'lint', 'unit']);
  });

  it('bring the build along where they work on it', () => {
    expect(names('e2e')).toEqual(['build', 'e2e', 'e2e']);
    expect(names('integration', 'unit')).toEqual(['build', 'unit', 'integration']);
  });

  it('are those that the help names', () => {
    expect(Object.keys(STEP_NAMES).sort()).toEqual([...new Set(STEPS.map(({ name }) => name))].sort());
  });

  it('ask for browsers, Electron and a display only where they are used', () => {
    const needed = (...wanted) => [...new Set(stepsNamed(wanted).flatMap(({ needs = [] }) => needs))];
    expect(needed('types', 'lint', 'format', 'unit', 'components', 'build')).toEqual([]);
    expect(systemNeeds(needed('unit'), false)).toEqual([]);
    expect(needed('integration')).toEqual(['examples']);
    expect(needed('e2e')).toEqual(['browsers', 'app', 'examples', 'key ring']);
    expect(needed('bench')).toEqual(['app']);
    expect(systemNeeds(needed('bench'), true)).not.toContain(NEEDS.DISPLAY[0]);
  });
});
