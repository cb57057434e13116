import { IconCheck } from '@tabler/icons-react';
import type { Overview } from '../../../electron/contract/overview.ts';
import { RehearseButton } from '../rehearsal/RehearseButton.tsx';
import { SAMPLE_MESSAGE } from '../rehearsal/sample-message.ts';
import {
  KeyStepAction,
  OpenKeysAction,
  SendStepAction,
  SubscribeStepAction,
  SubscribeStepNote,
} from './StepActions.tsx';
import './first-run.css';

type Steps = Overview['steps'];

const STEPS = [
  {
    id: 'keys',
    title: 'Generate keys',
    text: 'A key pair proves to push services that a message comes from you. The private key stays on this computer.',
    Action: KeyStepAction,
  },
  {
    id: 'subscription',
    title: 'Get a subscription',
    text: 'Open the subscribe page in a browser and press Subscribe, or import subscriptions you already have.',
    Action: SubscribeStepAction,
  },
  {
    id: 'send',
    title: 'Send a notification',
    text: 'Write a few words, press Send, and see how the push service answers.',
    Action: SendStepAction,
  },
] as const satisfies readonly { id: keyof Steps; title: string; text: string; Action: unknown }[];

/** Leads a newcomer through the first send. Each step is ticked by what is there, not by a press. */
export function FirstRun({ steps, keyProblem }: Pick<Overview, 'steps' | 'keyProblem'>) {
  const next = STEPS.find(({ id }) => !steps[id])?.id;
  return (
    <section aria-labelledby="first-run">
      <h2 id="first-run" className="pd-overview__title">
        Your first notification, in three steps
      </h2>
      <ol className="pd-steps">
        {STEPS.map(({ id, title, text, Action }, index) => (
          <li key={id} className="pd-steps__step" data-state={stateOf(steps[id], id === next)}>
            <span className="pd-steps__mark" aria-hidden>
              {steps[id] ? <IconCheck size={14} stroke={2.5} /> : index + 1}
            </span>
            <div className="pd-steps__text">
              <h3 className="pd-steps__title">
                {id === 'keys' && keyProblem ? 'Get your keys back' : title}
                {steps[id] && <span className="pd-steps__done">Done</span>}
              </h3>
              <p className="pd-soft">
                {id === 'keys' && keyProblem
                  ? 'See the message above: your keys are here but cannot sign messages.'
                  : text}
              </p>
              {id === 'subscription' && !steps[id] && <SubscribeStepNote />}
            </div>
            <div className="pd-steps__actions">
              {!steps[id] &&
                (id === 'keys' && keyProblem ? (
                  <OpenKeysAction isNext={id === next} />
                ) : (
                  <Action isNext={id === next} />
                ))}
            </div>
          </li>
        ))}
      </ol>
      <p className="pd-steps__instead pd-soft">
        No browser at hand?
        <RehearseButton message={SAMPLE_MESSAGE} look={{ variant: 'subtle', size: 'xs' }}>
          Rehearse without a browser
        </RehearseButton>
      </p>
    </section>
  );
}

function stateOf(isDone: boolean, isNext: boolean): 'done' | 'next' | 'later' {
  if (isDone) return 'done';
  return isNext ? 'next' : 'later';
}
