import type { PayloadFormatDescriptor } from './format.ts';

/** What Angular's service worker (ngsw) shows: the options of a notification, and what a click does in its `data`. */
export const angular: PayloadFormatDescriptor = {
  id: 'angular',
  name: 'Angular',
  goodFor: 'Sites that use Angular’s own service worker (ngsw-worker.js, @angular/service-worker).',
  ignores: ['imageUrl', 'appBadge'],
  withoutReceipts: () => 'Angular’s service worker doesn’t send receipts. The kit beside it would.',
  build({ id, url, appBadge, receipts, actions, data, ...notification }) {
    const click = (address: string | undefined) =>
      address === undefined
        ? { operation: 'focusLastFocusedOrOpen' }
        : { operation: 'openWindow', url: address };
    const onActionClick = Object.fromEntries([
      ['default', click(url)],
      ...(actions ?? []).map(({ action, url: own }) => [action, click(own ?? url)] as const),
    ]);
    return {
      id,
      notification: {
        ...notification,
        ...(actions === undefined
          ? {}
          : { actions: actions.map(({ action, title }) => ({ action, title })) }),
        data: { ...membersOf(data), onActionClick },
      },
      ...(appBadge === undefined ? {} : { appBadge }),
      ...(receipts === true ? { receipts } : {}),
    };
  },
};

/** Only members fit beside `onActionClick`: data of another kind becomes one of them. */
function membersOf(data: unknown): object {
  if (data === undefined) return {};
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : { value: data };
}
