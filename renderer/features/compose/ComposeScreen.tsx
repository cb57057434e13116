import { Button } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { useLocation, useParams } from 'wouter';
import { draftIdSchema } from '../../../electron/contract/ids.ts';
import { loadable } from '../../api/loadable.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { campaignPath, campaignsPath } from '../../navigation/paths.ts';
import { NEW_MESSAGE_PATH, SCREENS } from '../../navigation/screens.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { Composer } from './Composer.tsx';
import { compositionOf, draftOf } from '../../compose-draft/composition.ts';
import { CONFLICTS } from '../../compose-draft/draft-session.ts';
import { useDrafts, useOpenDraft } from '../../compose-draft/use-draft.ts';
import { DraftBar } from './drafts/DraftBar.tsx';
import { DraftConflict } from './drafts/DraftConflict.tsx';

/** A draft, at `/compose/:id`; the one that was open last, at `/compose`; an empty one, at `/compose/new`. */
export function ComposeScreen() {
  const { act } = useParams<{ act?: string }>();
  const id = draftIdSchema.safeParse(Number(act)).data ?? null;
  const { opening, session, open } = useOpenDraft(act === 'new' ? 'new' : id);
  const { finish } = useDrafts();
  const [, navigate] = useLocation();
  const begun = useEffectEvent(() => {
    navigate(SCREENS.compose.path, { replace: true });
  });
  useEffect(() => {
    if (act === 'new' && opening.isSuccess) begun();
  }, [act, opening.isSuccess]);

  const { problem } = loadable(opening);
  if (problem !== null && CONFLICTS.has(problem.code))
    return (
      <ComposeFrame>
        <ProblemNotice
          problem={problem}
          actions={
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                navigate(NEW_MESSAGE_PATH);
              }}
            >
              New message
            </Button>
          }
        />
      </ComposeFrame>
    );
  const isThere = opening.isSuccess && session !== null && open !== null;
  return (
    <Loaded
      of={{ ...loadable(opening), data: isThere ? { session, open } : undefined }}
      skeleton={<ComposeFrame>{null}</ComposeFrame>}
    >
      {(it) => (
        <Composer
          key={`${it.session.serial}.${it.open.generation}`}
          initial={compositionOf(it.session.content())}
          draftBar={(fields) => <DraftBar open={it.open} session={it.session} fields={fields} />}
          conflict={<DraftConflict open={it.open} session={it.session} />}
          onKeep={(composition) => {
            it.session.change(draftOf(composition));
          }}
          onStarted={({ id: campaign, state }) => {
            finish();
            navigate(lifecycleOf(state).isScheduled ? campaignsPath('scheduled') : campaignPath(campaign));
          }}
        />
      )}
    </Loaded>
  );
}

function ComposeFrame({ children }: { children: React.ReactNode }) {
  return (
    <Page title={SCREENS.compose.name} purpose={SCREENS.compose.purpose}>
      {children}
    </Page>
  );
}
