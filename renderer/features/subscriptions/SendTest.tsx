import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFlask } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { messageSchema, type Message } from '../../../electron/contract/message.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf, ToldProblem } from '../../api/problem-of.ts';
import { checkFields, compositionOf } from '../../compose-draft/composition.ts';
import { useDrafts } from '../../compose-draft/use-draft.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

const TEST_MESSAGE = messageSchema.parse({
  title: 'Test message',
  body: 'This browser gets messages from Pushdesk.',
});

const DRAFT_NOT_READY: Problem = {
  code: 'draft-not-ready',
  cause: 'The draft in Compose has no title yet, or a field with an error.',
  cure: 'Finish it in Compose, or send the short test message.',
};

/** Sends a message to this one subscription; what comes of it appears among its deliveries. */
export function SendTest({ id }: { id: SubscriptionId }) {
  const { campaigns } = useQueries();
  const { current } = useDrafts();
  const test = useMutation({
    async mutationFn(what: 'draft' | 'short') {
      const message = what === 'short' ? TEST_MESSAGE : readyMessage(compositionOf(await current()).fields);
      await campaigns.start.call({
        requestId: crypto.randomUUID(),
        message,
        audience: { kind: 'chosen', ids: [id] },
        test: true,
      });
    },
  });
  return (
    <div className="pd-send-test">
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFlask size={14} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            loading={test.isPending}
          >
            Send test
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              test.mutate('short');
            }}
          >
            A short test message
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              test.mutate('draft');
            }}
          >
            The draft in Compose
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className="pd-small pd-soft" role="status">
        {test.isSuccess && 'Sent. The outcome appears under Deliveries.'}
      </span>
      {test.error !== null && <ProblemNotice problem={problemOf(test.error)} />}
    </div>
  );
}

/** @throws ToldProblem where it cannot be sent as it stands */
function readyMessage(fields: Parameters<typeof checkFields>[0]): Message {
  const { message } = checkFields(fields);
  if (message === null || message.title === '') throw new ToldProblem(DRAFT_NOT_READY);
  return message;
}
