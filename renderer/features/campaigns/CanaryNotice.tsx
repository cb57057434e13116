import { Button } from '@mantine/core';
import type { Canary, CanaryPart, CanaryProgress } from '../../../electron/contract/canary.ts';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { canaryLifecycleOf, lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { formatClock } from '../../format/moments.ts';
import { formatShortHere } from '../../format/schedule-words.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { Notice } from '../../ui/Notice.tsx';
import type { Tone } from '../../words/tones.ts';
import { troublesOf } from './troubles.ts';
import type { CampaignActs } from './use-campaign-acts.ts';

interface CanaryNoticeProps {
  campaign: CampaignDetail;
  acts: CampaignActs;
}

/** How the small first share of a campaign goes, and what the person can decide about the rest. */
export function CanaryNotice({ campaign, acts }: CanaryNoticeProps) {
  const { canary, canaryProgress, state } = campaign;
  if (canary === null || canaryProgress === null) return null;
  const { isUnderWay, isSending } = lifecycleOf(state);
  const { mayGoOn, mayStop, holdsBack } = canaryLifecycleOf(canary.state);
  if (holdsBack && !isSending && !isUnderWay) return null;
  // Before its deliveries are written, nobody knows who goes first.
  if (canary.recipients === 0) return null;
  const words = wordsOf(campaign, canary, canaryProgress, isSending);
  if (words === null) return null;
  return (
    <Notice
      tone={words.tone}
      role="status"
      cause={words.cause}
      cure={words.cure}
      actions={
        isUnderWay && (
          <>
            {mayGoOn && (
              <Button size="xs" disabled={acts.isBusy} onClick={acts.goOnAfterCanary}>
                Send the rest
              </Button>
            )}
            {mayStop && (
              <Button size="xs" variant="default" disabled={acts.isBusy} onClick={acts.stopAfterCanary}>
                Cancel the rest
              </Button>
            )}
          </>
        )
      }
    />
  );
}

interface Words {
  tone: Tone;
  cause: string;
  cure: string;
}

function wordsOf(
  campaign: CampaignDetail,
  { state, verdict, decidedBy, recipients }: Canary,
  progress: CanaryProgress,
  isSending: boolean,
): Words | null {
  const numbers = numbersOf(progress.parts);
  const reason = verdict === null ? '' : reasonBesideTroubles(verdict.reason, campaign);
  // Once it is judged, whatever part of the canary is still to come waits as well.
  const open = progress.parts.reduce((sum, part) => sum + part.open, 0);
  const rest = formatCount(Math.max(0, campaign.recipients - recipients) + open);
  switch (state) {
    case 'sending':
      return {
        tone: 'busy',
        cause: `Canary: ${countOf(recipients, 'recipient')} first. ${isSending ? waitWords(progress) : 'Paused.'}`,
        cure: numbers,
      };
    case 'waiting':
      return verdict?.outcome === 'good'
        ? {
            tone: 'ok',
            cause: `Canary: waiting for you. ${reason} The other ${rest} wait.`,
            cure: numbers,
          }
        : {
            tone: 'warn',
            cause: `Canary: waiting for you. ${reason} The other ${rest} wait.`,
            cure: numbers,
          };
    case 'stopped':
      return {
        tone: 'bad',
        cause: `Canary: ${decidedBy === 'rules' ? 'its rules stopped the campaign' : 'you stopped the campaign'}. ${reason}`,
        cure: numbers,
      };
    case 'passed':
      return decidedBy === 'person'
        ? { tone: 'idle', cause: `Canary: you sent the rest. ${reason}`, cure: '' }
        : { tone: 'ok', cause: `Canary: went well. ${reason}`, cure: '' };
    case 'everyone':
      return null;
  }
}

/** The first trouble gives the cause in full, with its cure: here, how many it struck is enough. */
function reasonBesideTroubles(reason: string, campaign: CampaignDetail): string {
  const [struck = reason, ...cause] = reason.split(': ');
  const told = troublesOf(campaign)[0]?.diagnosis.cause ?? '';
  return cause.length > 0 && told.startsWith(cause.join(': ')) ? `${struck}.` : reason;
}

/** Each part by itself; those whose every message was accepted are listed as one, where they are beside parts that need a look. */
function numbersOf(parts: readonly CanaryPart[]): string {
  const fine = parts.filter(({ accepted, total }) => accepted === total);
  const open = parts.filter((part) => !fine.includes(part));
  if (open.length === 0 || fine.length < 2) return parts.map(partWords).join(' · ');
  const all = formatCount(fine.reduce((sum, { total }) => sum + total, 0));
  return [...open.map(partWords), `The others: ${all} of ${all} accepted`].join(' · ');
}

function partWords({ pushService, accepted, failed, gone, retrying, waiting, total }: CanaryPart): string {
  const rest = [
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(gone > 0 ? [`${formatCount(gone)} gone`] : []),
    ...(retrying > 0 ? [`${formatCount(retrying)} retrying`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} waiting for their own time`] : []),
  ];
  return [
    `${PUSH_SERVICES[pushService].name}: ${formatCount(accepted)} of ${formatCount(total)} accepted`,
    ...rest,
  ].join(', ');
}

function waitWords({ waitsFor, shown }: CanaryProgress): string {
  if (waitsFor === null) return '';
  const until = waitsFor.until === null ? '' : ` until ${formatClock(waitsFor.until)}`;
  const firstUntil = waitsFor.until === null ? '' : `, the first until ${formatShortHere(waitsFor.until)}`;
  switch (waitsFor.what) {
    case 'answers':
      return 'Waiting for its answers.';
    case 'retry':
      return `Everything left in it waits for its next try${until}.`;
    case 'hours':
      return `Everything left in it waits for its recipients’ own time${firstUntil}.`;
    case 'retry-or-hours':
      return `Everything left in it waits for its next try or its recipients’ own time${firstUntil}.`;
    case 'receipts':
      return `Waiting for receipts${until}: shown on ${formatCount(shown?.shown ?? 0)} of ${formatCount(shown?.canReport ?? 0)}.`;
  }
}
