import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { CampaignId } from '../../../electron/contract/ids.ts';
import type { Message } from '../../../electron/contract/message.ts';
import { TEST_GROUP_TAG } from '../../../electron/contract/people.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SEND_BLOCKERS } from '../../../electron/contract/preflight.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { deliveryStateWords } from '../../words/states.ts';
import { nameOfSubscription } from '../../words/subscription-name.ts';

/** How many of them are named. */
const NAMED = 5;

const audience = { kind: 'matching' as const, anyOf: [{ kind: 'tag' as const, tag: TEST_GROUP_TAG }] };

const NO_GROUP = {
  code: 'no-test-group',
  cause: 'Your test group is empty.',
  cure: `Open your own browser under Subscriptions and switch on “In my test group”. To add several at once, give them the tag “${TEST_GROUP_TAG}”.`,
};

/** The press of Send test, and what came of it. */
export function useTestSend() {
  const { campaigns } = useQueries();
  return useMutation(campaigns.start.mutationOptions());
}
export type TestSend = ReturnType<typeof useTestSend>;

interface TestSendButtonProps {
  test: TestSend;
  /** `null` while a field is not right. */
  message: Message | null;
  /** Pressed while a field is not right. */
  onRefused: () => void;
}

/** Sends the message as it stands to the person's own browsers, and to nobody else. */
export function TestSendButton({ test, message, onRefused }: TestSendButtonProps) {
  return (
    <Button
      variant="default"
      leftSection={<IconFlask size={16} aria-hidden />}
      disabled={test.isPending}
      onClick={() => {
        if (message === null || message.title.trim() === '') onRefused();
        else test.mutate({ requestId: crypto.randomUUID(), message, audience, test: true });
      }}
    >
      Send test
    </Button>
  );
}

/** What came of the last press: an answer for each browser, without leaving Compose. */
export function TestSendResult({ test }: { test: TestSend }) {
  if (test.error !== null) {
    const problem = problemOf(test.error);
    return <ProblemNotice problem={problem.code === SEND_BLOCKERS.nobody ? NO_GROUP : problem} />;
  }
  return test.data === undefined ? null : <Result id={test.data.id} />;
}

function Result({ id }: { id: CampaignId }) {
  const { campaigns } = useQueries();
  const campaign = useQuery(campaigns.get.queryOptions({ input: { id } })).data;
  const deliveries = useQuery(
    campaigns.deliveries.queryOptions({ input: { campaignId: id, limit: NAMED } }),
  ).data;
  if (campaign === undefined || deliveries === undefined) return null;
  const { counts, recipients, seen, state, wait } = campaign;
  const isDone = lifecycleOf(state).isFinished;
  const isWell = counts.accepted === recipients;
  const more = recipients - deliveries.items.length;
  const shown = seen === null || seen.shown === 0 ? '' : `, ${formatCount(seen.shown)} shown`;
  return (
    <Notice
      role="status"
      tone={isDone ? (isWell ? 'ok' : 'warn') : 'busy'}
      cause={`Test to ${countOf(recipients, 'browser')} in your test group: ${formatCount(counts.accepted)} accepted${shown}.`}
      cure={[
        ...deliveries.items.map((row) => {
          const because = row.diagnosis === null ? '' : ` (${row.diagnosis.cause})`;
          return `${nameOfSubscription({ ...row, id: row.subscriptionId })}: ${deliveryStateWords(row.state, wait).word.toLowerCase()}${because}`;
        }),
        ...(more > 0 ? [`${formatCount(more)} more`] : []),
      ].join(' · ')}
    />
  );
}
