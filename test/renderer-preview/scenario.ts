const SCENARIOS = ['empty', 'full', 'eventful', 'huge', 'failing', 'locked'] as const;

/**
 * What the engine of a page holds: nothing, a site at work, one where things wait for the person, a long list, keys that cannot be read, or
 * a key ring that is locked.
 */
export type Scenario = (typeof SCENARIOS)[number];

export const scenarioOf = (name: string | null): Scenario =>
  SCENARIOS.find((scenario) => scenario === name) ?? 'full';
