import type { settingsProcedures } from '../../../contract/settings.ts';
import { createSettingsStore } from '../../store/settings-store.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import { createSettingsService, type SettingsService } from './settings-service.ts';

export interface SettingsArea extends Area<typeof settingsProcedures> {
  readonly settings: SettingsService;
}

export function createSettingsArea({ options, store, host, changes, log }: Ground): SettingsArea {
  /** Windows and menus follow the setting; a desktop that cannot do so is no reason to fail. */
  const showAppearance = async () => {
    try {
      await host?.desktop.setAppearance({ appearance: settings.get().appearance });
    } catch {
      log.warn('the desktop did not take the appearance');
    }
  };
  const settings = createSettingsService({
    store: createSettingsStore(store.db),
    fromEnvironment: options.fromEnvironment,
    changes,
    log,
    onChange: () => {
      void showAppearance();
    },
  });
  return {
    settings,
    procedures: {
      settings: () => settings.get(),
      changeSettings: ({ was, ...patch }) => settings.change(patch, was),
    },
    start: showAppearance,
  };
}
