import { Tooltip } from '@mantine/core';
import type { StateWords } from '../words/states.ts';
import './state-tag.css';

/** A state as icon, colour and word; its meaning on hover. */
export function StateTag({ state }: { state: StateWords }) {
  const StateIcon = state.icon;
  return (
    <Tooltip label={state.meaning} multiline maw={280}>
      <span className="pd-state" data-tone={state.tone}>
        <StateIcon size={15} stroke={2} aria-hidden className="pd-state__icon" />
        <span className="pd-state__word pd-cut">{state.word}</span>
      </span>
    </Tooltip>
  );
}
