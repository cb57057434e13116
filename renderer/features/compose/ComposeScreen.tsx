import { useLocation, useParams } from 'wouter';
import { loadable } from '../../api/loadable.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { campaignPath, campaignsPath } from '../../navigation/paths.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { Composer } from './Composer.tsx';
import { compositionOf, draftOf } from '../../compose-draft/composition.ts';
import { useDraft } from '../../compose-draft/use-draft.ts';

/** The message that is being written, at `/compose`; `/compose/new` begins an empty one, after a question where a draft stands there. */
export function ComposeScreen() {
  const { act } = useParams<{ act?: string }>();
  const { draft, save } = useDraft();
  const [, navigate] = useLocation();
  return (
    <Loaded
      of={loadable(draft)}
      skeleton={
        <Page title={SCREENS.compose.name} purpose={SCREENS.compose.purpose}>
          {null}
        </Page>
      }
    >
      {(kept) => (
        <Composer
          initial={compositionOf(kept)}
          isNewAsked={act === 'new'}
          onNewAnswered={() => {
            navigate(SCREENS.compose.path, { replace: true });
          }}
          onKeep={(composition) => {
            save(draftOf(composition));
          }}
          onStarted={({ id, state }) => {
            save(null);
            navigate(lifecycleOf(state).isScheduled ? campaignsPath('scheduled') : campaignPath(id));
          }}
        />
      )}
    </Loaded>
  );
}
