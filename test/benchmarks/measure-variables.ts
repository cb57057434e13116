import { setAttributes } from '../support/seed-campaign.ts';
import { runChild } from './child.ts';
import type { EngineRun } from './engine-process.ts';
import { attributesOf } from './message.ts';

/** A campaign with one payload for all, and one with a payload for each. */
export interface VariableTurn {
  plain: EngineRun;
  personal: EngineRun;
}

export interface VariablePlan {
  variableRounds: number;
  /** Recipients of each campaign. */
  variableRecipients: number;
}

/**
 * In turns, the second of the two first every other time, so that a machine that gets slower or faster favours neither.
 *
 * @param dataDir of an engine whose subscriptions are at the push service
 */
export async function measureVariables(
  { dataDir, certificateFile }: { dataDir: string; certificateFile: string },
  { variableRounds }: VariablePlan,
): Promise<VariableTurn[]> {
  setAttributes(dataDir, attributesOf);
  const send = (isPersonal: boolean) =>
    runChild<EngineRun>('engine-process.ts', { dataDir, isPersonal }, certificateFile);
  const turns: VariableTurn[] = [];
  for (let round = 0; round < variableRounds; round += 1) {
    const isPlainFirst = round % 2 === 0;
    const first = await send(!isPlainFirst);
    const second = await send(isPlainFirst);
    turns.push(isPlainFirst ? { plain: first, personal: second } : { plain: second, personal: first });
  }
  return turns;
}
