/** What the sample engine holds: nothing, a site at work, a huge list, or an engine that refuses everything. */
export type Scenario = 'empty' | 'full' | 'huge' | 'failing' | 'slow' | 'locked';

export function scenarioOf(name: string | null): Scenario {
  return name === 'empty' || name === 'huge' || name === 'failing' || name === 'slow' || name === 'locked'
    ? name
    : 'full';
}
