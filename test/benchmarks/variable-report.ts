import type { EngineRun } from './engine-process.ts';
import type { VariableTurn } from './measure-variables.ts';

/** Of the design, beside what was measured. */
const BAR = 0.8;

const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const rateOf = ({ accepted, totalMs }: EngineRun) => (accepted * 1000) / totalMs;

/** Rows of the table: for each turn the ratio and both rates. */
export function variableRows(turns: readonly VariableTurn[]): [string, string, string][] {
  return turns.map(({ plain, personal }, at) => [
    `Campaign to ${whole(personal.accepted)} with variables (a payload for each) / plain, turn ${at + 1}`,
    `${((rateOf(personal) / rateOf(plain)) * 100).toFixed(1)}% (${whole(rateOf(personal))} and ${whole(rateOf(plain))} messages/s)`,
    `at least ${whole(BAR * 100)}%`,
  ]);
}
