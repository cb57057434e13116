import { Button } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import type { HeldWork } from './held-work.ts';

interface DiscardQuestionProps {
  asked: HeldWork;
  onKeep: () => void;
  onDiscard: () => void;
}

/** Asked at the foot of a dialog or panel before it throws work away. */
export function DiscardQuestion({ asked, onKeep, onDiscard }: DiscardQuestionProps) {
  const question = useId();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    first.current?.focus();
  }, []);
  return (
    <div className="pd-dialog__question" role="group" aria-labelledby={question}>
      <span id={question}>{asked.question}</span>
      <div className="pd-dialog__answers">
        <Button ref={first} size="xs" variant="default" onClick={onKeep}>
          {asked.keepLabel}
        </Button>
        <Button size="xs" color="red" onClick={onDiscard}>
          {asked.discardLabel}
        </Button>
      </div>
    </div>
  );
}
