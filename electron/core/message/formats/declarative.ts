import type { PayloadFormatDescriptor } from './format.ts';

/**
 * A declarative push message (W3C Push API, "declarative push message"), which Safari 18.4 and later show without a service worker. The
 * specification requires an address to navigate to, also for each button; members that it does not know are ignored.
 */
export const declarative: PayloadFormatDescriptor = {
  id: 'declarative',
  name: 'Declarative',
  goodFor:
    'Safari 18.4 and later show it even without a service worker. Other browsers hand it to yours; the kit understands it.',
  ignores: [],
  withoutReceipts: () => null,
  build({ id, url, appBadge, receipts, actions, ...notification }) {
    const navigate = url === undefined ? {} : { navigate: url };
    const buttons = actions?.map(({ url: own, ...action }) => {
      const leads = own ?? url;
      return { ...action, ...(leads === undefined ? {} : { navigate: leads }) };
    });
    return {
      web_push: 8030,
      id,
      notification: { ...notification, ...navigate, ...(buttons === undefined ? {} : { actions: buttons }) },
      ...(appBadge === undefined ? {} : { app_badge: appBadge }),
      // Safari then lets the worker see it first, and shows it itself where there is none.
      ...(receipts === true ? { mutable: true, receipts } : {}),
    };
  },
};
