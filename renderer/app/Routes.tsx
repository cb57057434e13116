import { Redirect, Route, Switch } from 'wouter';
import { CampaignScreen } from '../features/campaigns/CampaignScreen.tsx';
import { CampaignsScreen } from '../features/campaigns/CampaignsScreen.tsx';
import { ComposeScreen } from '../features/compose/ComposeScreen.tsx';
import { KeysScreen } from '../features/keys/KeysScreen.tsx';
import { OverviewScreen } from '../features/overview/OverviewScreen.tsx';
import { CAMPAIGNS_PATTERN, REHEARSAL_PATH } from '../navigation/paths.ts';
import { RehearsalScreen } from '../features/rehearsal/RehearsalScreen.tsx';
import { ServerScreen } from '../features/server/ServerScreen.tsx';
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx';
import { SubscriptionsScreen } from '../features/subscriptions/SubscriptionsScreen.tsx';
import { SCREENS } from '../navigation/screens.ts';

export function Routes() {
  return (
    <Switch>
      <Route path={SCREENS.overview.path} component={OverviewScreen} />
      <Route path={`${SCREENS.compose.path}/:act?`} component={ComposeScreen} />
      <Route path={CAMPAIGNS_PATTERN} component={CampaignsScreen} />
      <Route path={`${SCREENS.campaigns.path}/:id/:delivery?`} component={CampaignScreen} />
      <Route path={`${REHEARSAL_PATH}/:delivery?`} component={RehearsalScreen} />
      <Route path={`${SCREENS.subscriptions.path}/:id?`} component={SubscriptionsScreen} />
      <Route path={SCREENS.keys.path} component={KeysScreen} />
      <Route path={SCREENS.server.path} component={ServerScreen} />
      <Route path={SCREENS.settings.path} component={SettingsScreen} />
      <Route>
        <Redirect to="/" />
      </Route>
    </Switch>
  );
}
