import { Button, Kbd, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { countOf } from '../../format/numbers.ts';
import { FormSection } from '../../ui/FormSection.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { useDelayed } from '../../ui/use-delayed.ts';
import { RehearseButton } from '../rehearsal/RehearseButton.tsx';
import { AudiencePicker } from './AudiencePicker.tsx';
import { Blockers } from './Blockers.tsx';
import { ByteMeter } from './ByteMeter.tsx';
import { CanaryOptions } from './CanaryOptions.tsx';
import { useCanaryChoice, useCanaryHabit } from './canary-choice.ts';
import { CANARY } from '../../compose-draft/canary.ts';
import {
  compositionOf,
  sizedMessageOf,
  type Composition,
  type MessageFields,
} from '../../compose-draft/composition.ts';
import { fieldsIn } from '../../compose-draft/languages.ts';
import { FieldsToFix } from './FieldsToFix.tsx';
import { MessageForm } from './MessageForm.tsx';
import { NotificationPreview } from '../../compose-draft/preview/NotificationPreview.tsx';
import { Pictures } from './Pictures.tsx';
import { Recipients } from './Recipients.tsx';
import { Refused } from './Refused.tsx';
import { SendDialog } from './SendDialog.tsx';
import { When } from './When.tsx';
import { sendLabel, timingOf, WHEN, whenOf } from '../../compose-draft/when.ts';
import { useNow } from '../../ui/Now.tsx';
import { TestSendButton, TestSendResult, useTestSend } from './TestSend.tsx';
import { useComposer } from './use-composer.ts';
import { usePictureCheck } from './use-picture-check.ts';
import { useRefusals } from './use-refusals.ts';
import { usePreflight, useSend } from './use-send.ts';
import { RecipientPicker } from './recipient/RecipientPicker.tsx';
import { useRecipientPreview } from './recipient/use-recipient-preview.ts';
import { WorkerCheckButton } from './worker-check/WorkerCheckButton.tsx';
import './compose.css';

/** The longest text of an audience whose texts differ, as far as it is known. */
function longestOf(preflight: Preflight | undefined) {
  const { personal = null, payloadBytes: bytes = 0 } = preflight ?? {};
  if (personal === null || personal.longest === null) return null;
  return { bytes, of: personal.isLongestExact ? ('of-all' as const) : ('of-first' as const) };
}

interface ComposerProps {
  initial: Composition;
  onKeep: (composition: Composition) => void;
  onStarted: (campaign: Campaign) => void;
  /** Which draft it is, at the top. */
  draftBar: (fields: MessageFields) => ReactNode;
  /** Why it is not kept. */
  conflict: ReactNode;
}

export function Composer({ initial, onKeep, onStarted, draftBar, conflict }: ComposerProps) {
  const [habit] = useCanaryHabit();
  const composer = useComposer({ ...initial, choices: { [CANARY]: habit, ...initial.choices } }, onKeep);
  const { message, errors } = composer.checked;
  const when = whenOf(composer.choices);
  const timing = timingOf(when, useNow());
  const canary = useCanaryChoice(composer);
  const isPerRecipient = when.kind === 'at' && when.time.perRecipient;
  const rules = canary.isOn && !isPerRecipient ? canary.rules : null;
  const test = useTestSend();
  const input = { message, audience: composer.audience, timing, canary: rules };
  const preflight = usePreflight(input);
  const recipient = useRecipientPreview(message, sizedMessageOf(composer.fields), composer.audience);
  const { shown } = recipient;
  const pictures = usePictureCheck(composer.fields);
  const server = useQuery(useQueries().server.status.queryOptions());
  const { step, press, confirm, leave } = useSend(input, onStarted);
  // A check that takes no time would only make the button flicker.
  const isBusy = useDelayed(step.kind === 'checking' || step.kind === 'starting');
  // A count from before would be untrue: what was counted, such as a segment, may be what no longer exists.
  const uncounted = composer.audience && preflight.isError ? problemOf(preflight.error) : null;
  const known = composer.audience && uncounted === null ? preflight.data : undefined;
  const longest = longestOf(known);
  const refusals = useRefusals({ step, fields: composer.fields, errors });
  const pressSend = () => {
    refusals.look();
    press();
  };
  useHotkeys([['mod+Enter', pressSend]], []);

  return (
    <Page
      title={SCREENS.compose.name}
      purpose={SCREENS.compose.purpose}
      actionsLast
      actions={
        <>
          {known && (
            <span className="pd-compose__count pd-figures">{countOf(known.recipients, 'recipient')}</span>
          )}
          <TestSendButton test={test} message={message} onRefused={refusals.look} />
          <RehearseButton message={message} canary={rules} onRefused={refusals.look} />
          <Tooltip
            label={
              <>
                <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
              </>
            }
          >
            <Button leftSection={<IconSend size={16} aria-hidden />} loading={isBusy} onClick={pressSend}>
              {sendLabel(when)}
            </Button>
          </Tooltip>
        </>
      }
      notices={
        <>
          {step.kind !== 'starting' && conflict}
          <TestSendResult test={test} />
          {refusals.isAny && (
            <Refused presses={refusals.presses}>
              {refusals.isShown && <FieldsToFix errors={refusals.errors} onLanguage={composer.setLanguage} />}
              {refusals.problems.length > 0 && <Blockers problems={refusals.problems} />}
            </Refused>
          )}
        </>
      }
    >
      {draftBar(composer.fields)}
      <div className="pd-compose">
        <MessageForm
          composer={{
            ...composer,
            payload: shown === null ? composer.payload : (JSON.parse(shown.payload) as object),
            set: (change) => {
              composer.set(change);
              if (!refusals.isLasting) leave();
            },
          }}
          errors={refusals.errors}
          languages={known?.personal?.languages ?? []}
        />
        <div className="pd-compose__side">
          <FormSection title="Preview">
            <RecipientPicker
              choice={recipient}
              fields={composer.fields}
              audience={composer.audience}
              ownSites={composer.ownSites}
            />
            <NotificationPreview
              fields={
                shown === null
                  ? fieldsIn(composer.fields, composer.language)
                  : compositionOf({ message: shown.message, audience: null }).fields
              }
              site={server.data?.url ?? null}
            />
            <ByteMeter
              bytes={longest === null ? composer.payloadBytes : longest.bytes}
              longest={longest?.of}
            />
            <Pictures check={pictures} />
            <WorkerCheckButton message={() => shown?.message ?? sizedMessageOf(composer.fields)} />
          </FormSection>
          <When
            when={when}
            onChange={(next) => {
              composer.setOther(WHEN, next);
              leave();
            }}
          />
          <FormSection title="Recipients">
            <AudiencePicker
              choice={composer.choice}
              onChange={(choice) => {
                composer.setChoice(choice);
                leave();
              }}
            />
            {uncounted === null ? (
              <Recipients preflight={known} />
            ) : (
              <ProblemNotice problem={uncounted} tone="warn" />
            )}
            {known?.warnings.map((warning) => (
              <ProblemNotice key={warning.code + warning.cause} problem={warning} tone="warn" />
            ))}
            <CanaryOptions choice={canary} preflight={known} isPerRecipient={isPerRecipient} />
          </FormSection>
        </div>
      </div>
      {step.kind === 'asking' && (
        <SendDialog
          preflight={step.preflight}
          title={step.message.title}
          timing={step.timing}
          onSend={confirm}
          onLeave={leave}
        />
      )}
    </Page>
  );
}
