import { Redirect, Route, Switch } from 'wouter';
import { KeysScreen } from '../features/keys/KeysScreen.tsx';
import { SCREENS } from './screens.ts';

export function Routes() {
  return (
    <Switch>
      <Route path={SCREENS.keys.path} component={KeysScreen} />
      <Route>
        <Redirect to="/" />
      </Route>
    </Switch>
  );
}
