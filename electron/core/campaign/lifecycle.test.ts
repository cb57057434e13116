import { describe, expect, it } from 'vitest';
import { campaignStateSchema } from '../../contract/campaigns.ts';
import { campaignStatesThat, isActive, lifecycleOf } from './lifecycle.ts';

describe('the lifecycle of a campaign', () => {
  it.each([
    ['scheduled', ['mayCancel']],
    ['preparing', ['mayPause', 'mayCancel']],
    ['running', ['mayPause', 'mayCancel', 'maySendAgain']],
    ['paused', ['mayResume', 'mayCancel', 'maySendAgain']],
    ['finished', ['maySendAgain']],
    ['cancelled', ['maySendAgain']],
  ] as const)('allows in the state %s: %j', (state, allowed) => {
    const acts = ['mayPause', 'mayResume', 'mayCancel', 'maySendAgain'] as const;
    expect(acts.filter((act) => lifecycleOf(state)[act])).toEqual(allowed);
  });

  it('tells what is under way from what goes on by itself, and both from what is over', () => {
    expect(campaignStatesThat('isUnderWay')).toEqual(['preparing', 'running', 'paused']);
    expect(campaignStateSchema.options.filter(isActive)).toEqual(['preparing', 'running']);
  });

  it.each(campaignStateSchema.options)('offers no act twice in the state %s', (state) => {
    const { mayPause, mayResume, mayCancel, isUnderWay, isScheduled } = lifecycleOf(state);
    expect(mayPause && mayResume).toBe(false);
    expect(mayCancel).toBe(isUnderWay || isScheduled);
  });
});
