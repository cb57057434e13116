import { useMutation, useQuery } from '@tanstack/react-query';
import { useApi, useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { About } from './About.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { atField, type ChangeSettings } from './change-settings.ts';
import { RetentionSection } from './RetentionSection.tsx';
import { SendingSection } from './SendingSection.tsx';
import { ServerSection } from './ServerSection.tsx';
import './settings.css';

export function SettingsScreen() {
  const { queryClient } = useApi();
  const { app } = useQueries();
  const settings = useQuery(app.settings.queryOptions());
  const change = useMutation(
    app.changeSettings.mutationOptions({
      onSuccess: (next) => {
        queryClient.setQueryData(app.settings.queryKey(), next);
      },
    }),
  );
  const onChange: ChangeSettings = async (patch, was) => {
    try {
      await change.mutateAsync(was === undefined ? patch : { ...patch, was });
      return null;
    } catch (error) {
      return problemOf(error);
    }
  };
  const problem = change.error === null ? null : problemOf(change.error);

  return (
    <Page
      title={SCREENS.settings.name}
      purpose={SCREENS.settings.purpose}
      notices={problem !== null && atField(problem) === null && <ProblemNotice problem={problem} />}
    >
      <div className="pd-settings">
        <Loaded of={loadable(settings)}>
          {(current) => (
            <>
              <AppearanceSection settings={current} onChange={onChange} />
              <ServerSection settings={current} onChange={onChange} />
              <SendingSection settings={current} onChange={onChange} />
              <RetentionSection settings={current} onChange={onChange} />
            </>
          )}
        </Loaded>
        <About />
      </div>
    </Page>
  );
}
