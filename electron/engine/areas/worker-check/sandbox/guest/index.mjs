import { createDriver, createKit } from './driver.mjs';
import { installEvents } from './events.mjs';
import { installNetwork } from './network.mjs';
import { installNotifications } from './notifications.mjs';
import { installPlatform } from './platform.mjs';
import { installStorage } from './storage.mjs';

const INSTALLERS = [installEvents, installPlatform, installNetwork, installStorage, installNotifications];

/**
 * The global scope of a service worker as a script for the sandbox: a function of `host` and a configuration as JSON that answers with the
 * driver.
 */
export const GUEST_SCRIPT = `(function (host, configText) {
'use strict';
const kit = (${createKit})(host, configText);
${INSTALLERS.map((install) => `(${install})(kit);`).join('\n')}
return (${createDriver})(kit);
})`;
