import { useLocation } from 'wouter';
import { loadable } from '../../api/loadable.ts';
import { SCREENS } from '../../app/screens.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { Composer } from './Composer.tsx';
import { compositionOf, draftOf } from './composition.ts';
import { useDraft } from './use-draft.ts';

export function ComposeScreen() {
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
          onKeep={(composition) => {
            save(draftOf(composition));
          }}
          onStarted={({ id }) => {
            save(null);
            navigate(`${SCREENS.campaigns.path}/${id}`);
          }}
        />
      )}
    </Loaded>
  );
}
