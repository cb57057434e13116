import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract';
import type { TokenScope } from './access-tokens.ts';
import type { Contract } from './procedures.ts';

type NamesOf<Part> = {
  [Name in keyof Part & string]: Part[Name] extends AnyContractProcedure
    ? Name
    : `${Name}.${NamesOf<Part[Name]>}`;
}[keyof Part & string];

/** `campaigns.start`. */
export type ProcedureName = NamesOf<Contract>;

/**
 * Who may call a procedure: a token with this scope, or with one that includes it. `here`: no token; only the window on the engine's
 * machine. These show or write something there: private keys, tokens, files, dialogs, and whether it can be reached at all.
 */
export type Access = TokenScope | 'here';

/** [Note: access] Every procedure, and who may call it from elsewhere. The compiler names one that is missing. */
export const ACCESS: Readonly<Record<ProcedureName, Access>> = {
  'app.info': 'read',
  'app.longWork': 'owner',
  'app.overview': 'read',
  'app.listOverview': 'read',
  'app.settings': 'owner',
  'app.changeSettings': 'owner',
  'app.changes': 'read',
  'keys.list': 'read',
  'keys.generate': 'owner',
  'keys.read': 'owner',
  'keys.import': 'owner',
  'keys.update': 'owner',
  'keys.use': 'owner',
  'keys.unlock': 'here',
  'keys.remove': 'owner',
  'keys.export': 'here',
  'keys.rotations': 'read',
  'keys.movingIn': 'read',
  'subscriptions.list': 'read',
  'subscriptions.counts': 'read',
  'subscriptions.get': 'read',
  'subscriptions.previewImport': 'subscribe',
  'subscriptions.import': 'subscribe',
  // They include each browser's keys, with which any message can be encrypted for it.
  'subscriptions.exportJson': 'owner',
  'subscriptions.export': 'owner',
  'subscriptions.remove': 'subscribe',
  'subscriptions.restore': 'subscribe',
  'subscriptions.update': 'subscribe',
  'subscriptions.upsert': 'subscribe',
  'subscriptions.upsertMany': 'subscribe',
  'subscriptions.states': 'read',
  'subscriptions.deliveries': 'read',
  // For good.
  'subscriptions.previewErase': 'owner',
  'subscriptions.erase': 'owner',
  'subscriptions.importStream.open': 'owner',
  'subscriptions.importStream.write': 'owner',
  'subscriptions.importStream.finish': 'owner',
  'subscriptions.importStream.cancel': 'owner',
  'subscriptions.acts.start': 'subscribe',
  'subscriptions.acts.list': 'read',
  'subscriptions.acts.get': 'read',
  'subscriptions.acts.stop': 'subscribe',
  'subscriptions.acts.undo': 'subscribe',
  'subscriptions.exportFile.start': 'here',
  'subscriptions.exportFile.progress': 'here',
  'subscriptions.exportFile.stop': 'here',
  'audience.segments.list': 'read',
  'audience.segments.get': 'read',
  'audience.segments.create': 'owner',
  'audience.segments.update': 'owner',
  'audience.segments.remove': 'owner',
  'audience.segments.restore': 'owner',
  'audience.tags.list': 'read',
  'audience.tags.rename': 'owner',
  'audience.tags.remove': 'owner',
  'audience.attributes.list': 'read',
  'audience.attributes.values': 'read',
  'campaigns.preflight': 'send',
  'campaigns.previewFor': 'send',
  'campaigns.findRecipients': 'send',
  'campaigns.start': 'send',
  'campaigns.list': 'read',
  'campaigns.scheduled': 'read',
  'campaigns.asking': 'read',
  'campaigns.changeScheduled': 'send',
  'campaigns.sendNow': 'send',
  'campaigns.audienceOf': 'owner',
  'campaigns.get': 'read',
  'campaigns.pause': 'send',
  'campaigns.resume': 'send',
  'campaigns.cancel': 'send',
  'campaigns.goOnAfterCanary': 'send',
  'campaigns.stopAfterCanary': 'send',
  'campaigns.resumePart': 'send',
  'campaigns.sendAgain': 'send',
  'campaigns.deliveries': 'read',
  'campaigns.exportList': 'read',
  'campaigns.exportDeliveries': 'read',
  'campaigns.report': 'read',
  'campaigns.previewRemoval': 'read',
  'campaigns.delivery': 'read',
  'campaigns.ownFormats': 'owner',
  'campaigns.changeOwnFormat': 'owner',
  'campaigns.checkPictures': 'send',
  'campaigns.loadPicture': 'owner',
  'campaigns.readPage': 'send',
  'campaigns.checkWorker': 'send',
  'campaigns.loadWorker': 'owner',
  'drafts.list': 'read',
  'drafts.get': 'read',
  'drafts.create': 'send',
  'drafts.save': 'send',
  'drafts.remove': 'send',
  'drafts.restore': 'send',
  'templates.list': 'read',
  'templates.get': 'read',
  'templates.create': 'send',
  'templates.update': 'send',
  'templates.remove': 'send',
  'templates.restore': 'send',
  'receipts.ofCampaign': 'read',
  'receipts.ofDelivery': 'read',
  'rehearsal.start': 'owner',
  'rehearsal.current': 'owner',
  'rehearsal.lastCampaign': 'owner',
  'rehearsal.stop': 'owner',
  'rehearsal.campaigns.get': 'owner',
  'rehearsal.campaigns.pause': 'owner',
  'rehearsal.campaigns.resume': 'owner',
  'rehearsal.campaigns.cancel': 'owner',
  'rehearsal.campaigns.goOnAfterCanary': 'owner',
  'rehearsal.campaigns.stopAfterCanary': 'owner',
  'rehearsal.campaigns.resumePart': 'owner',
  'rehearsal.campaigns.sendAgain': 'owner',
  'rehearsal.campaigns.deliveries': 'owner',
  'rehearsal.campaigns.delivery': 'owner',
  'server.status': 'read',
  // Whoever stopped it from elsewhere could not start it again.
  'server.start': 'here',
  'server.stop': 'here',
  'server.requests': 'owner',
  'server.answerGrowth': 'owner',
  'server.checkReach': 'owner',
  'server.openSubscribePage': 'here',
  'server.watchPhone': 'owner',
  'server.phone': 'owner',
  'server.leavePhone': 'owner',
  'server.kit': 'owner',
  'server.saveKit': 'here',
  'server.showApiToken': 'here',
  'server.copyApiToken': 'here',
  'server.renewApiToken': 'here',
  'tokens.list': 'owner',
  'tokens.create': 'here',
  'tokens.revoke': 'owner',
  'workers.list': 'read',
  'workers.database': 'owner',
  'workers.chooseDatabase': 'owner',
  'workers.drain': 'owner',
  'workers.work': 'owner',
  'workers.remove': 'owner',
  'workers.shares': 'read',
};

const isNamed = (name: string): name is ProcedureName => Object.hasOwn(ACCESS, name);

/** @param name dotted. One that is not in the table may be called by nobody. */
export const accessOf = (name: string): Access => (isNamed(name) ? ACCESS[name] : 'here');

/** What each scope lets in. */
const HOLDS: Readonly<Record<TokenScope, readonly TokenScope[]>> = {
  owner: ['owner', 'send', 'read', 'subscribe'],
  send: ['send', 'read'],
  read: ['read'],
  subscribe: ['subscribe'],
};

/** Whether a token with these scopes may call what needs `access`. */
export const mayCall = (scopes: readonly TokenScope[], access: Access): boolean =>
  access !== 'here' && scopes.some((scope) => HOLDS[scope].includes(access));

/**
 * Changes whose answer shows the whole of what was changed. Through them, a token that may not read could read everybody one by one, so it
 * is told only these fields.
 */
const TOLD_WITHOUT_READ: Readonly<Partial<Record<ProcedureName, readonly string[]>>> = {
  'subscriptions.update': ['id'],
};

/** @returns the part of its answer that a caller who may not read is told; `null`: all of it */
export const toldWithoutRead = (name: string): readonly string[] | null =>
  (isNamed(name) ? TOLD_WITHOUT_READ[name] : undefined) ?? null;

/** The names of all procedures of a part of the contract, dotted. */
export function namesOf(part: object, prefix = ''): string[] {
  return Object.entries(part).flatMap(([name, inner]: [string, object]) =>
    isContractProcedure(inner) ? [prefix + name] : namesOf(inner, `${prefix}${name}.`),
  );
}
