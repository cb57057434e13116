import type { AgeGroup, ListOverview } from '../../../contract/list-overview.ts';
import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import { AGE_DAYS, NEVER_REACHED } from '../../store/age-sums.ts';

/** Active subscriptions of one push service and one age. */
export interface AgeCount {
  readonly pushService: PushServiceId;
  /** See [Note: age sums]. */
  readonly age: number;
  readonly count: number;
}

/** Answers that subscriptions of one push service and one age got. */
export interface AgeAnswers extends AgeCount {
  readonly state: 'accepted' | 'gone';
}

/** Below this many answers, a share says more about chance than about the list: even if none of 100 is gone, 3 in 100 may be. */
export const ENOUGH_ANSWERS = 100;

/** What a send to everyone active would lose, judged by the share of gone ones among those that had been silent for as long. */
export function nextSendOf(
  active: readonly AgeCount[],
  answers: readonly AgeAnswers[],
): ListOverview['nextSend'] {
  const services = pushServiceSchema.options.flatMap((pushService) => {
    const ages = [NEVER_REACHED, ...AGE_DAYS]
      .map((age) => {
        const isHere = (one: AgeCount) => one.pushService === pushService && one.age === age;
        const got = answers.filter((one) => isHere(one));
        return groupOf(age, total(active.filter(isHere)), total(got), total(got.filter(isGone)));
      })
      .filter((group) => group.active > 0);
    if (ages.length === 0) return [];
    return [
      { pushService, active: total(ages.map(({ active: count }) => ({ count }))), ...lossOf(ages), ages },
    ];
  });
  return {
    ...lossOf(services.flatMap(({ ages }) => ages)),
    enoughAnswers: ENOUGH_ANSWERS,
    services,
  };
}

function groupOf(age: number, active: number, answers: number, gone: number): AgeGroup {
  const next = AGE_DAYS.find((days) => days > age) ?? null;
  return {
    fromDays: age === NEVER_REACHED ? null : age,
    toDays: age === NEVER_REACHED ? null : next,
    active,
    answers,
    gone,
    share: answers < ENOUGH_ANSWERS ? null : gone / answers,
  };
}

function lossOf(groups: readonly AgeGroup[]): { covered: number; expected: number | null } {
  const known = groups.flatMap(({ active, share }) => (share === null ? [] : [{ active, share }]));
  return {
    covered: known.reduce((sum, { active }) => sum + active, 0),
    expected:
      known.length === 0
        ? null
        : Math.round(known.reduce((sum, { active, share }) => sum + active * share, 0)),
  };
}

const isGone = ({ state }: AgeAnswers) => state === 'gone';
const total = (counts: readonly { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0);
