import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../../contract/problem.ts';
import { visibleText } from '../../../core/text/visible-text.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Log } from '../../base/log.ts';
import type { DamageStore } from './damage-store.ts';

/** What a look through the store has found. */
export interface Damage {
  /** Names of segments that are left out. */
  segments: string[];
  /** Names of payload formats that are left out; `null` for one without a name. */
  payloadFormats: (string | null)[];
  /** Names of settings that are partly or wholly ignored. */
  settings: readonly string[];
  unreadableCampaigns: number;
  stoppedCampaigns: number;
  keyPairs: number;
  accessTokens: number;
  statelessSubscriptions: number;
  bareSubscriptions: number;
}

/** Looks for damaged rows. These are read as far as possible, so otherwise nobody would notice what is missing. */
export interface DamageWatch {
  problem(): Problem | null;
  /** Looks through the whole store, a few milliseconds at a time. */
  look(): void;
  /** Looks again where something was found: it may have been repaired. */
  lookAgain(): void;
  stop(): void;
}

/** Subscriptions that are looked at in one go. */
const STRETCH = 5000;
const NAMED = 3;

export function createDamageWatch({
  store,
  dataDir,
  changes,
  log,
  later = (run) => {
    setImmediate(run);
  },
}: {
  store: DamageStore;
  dataDir: string;
  changes: Pick<ChangeHub, 'publish'>;
  log: Log;
  /** Runs a function once others have had their turn. */
  later?: (run: () => void) => void;
}): DamageWatch {
  let problem: Problem | null = null;
  let isLooking = false;
  let stopped = false;

  const end = (found: Damage) => {
    isLooking = false;
    const next = damageProblem(found, copiesIn(dataDir));
    if (next?.cause === problem?.cause) return;
    problem = next;
    if (next !== null) {
      const [segments, payloadFormats] = [found.segments.length, found.payloadFormats.length];
      log.warn({ ...found, segments, payloadFormats }, 'some rows are damaged');
    }
    changes.publish('app');
  };
  const turn = (found: Damage, from: number, last: number) => {
    if (stopped) return;
    try {
      if (from > last) {
        end(found);
        return;
      }
      const { stateless, bare } = store.subscriptions(from, from + STRETCH);
      found.statelessSubscriptions += stateless;
      found.bareSubscriptions += bare;
      later(() => {
        turn(found, from + STRETCH, last);
      });
    } catch (error) {
      isLooking = false;
      log.error({ error: String(error) }, 'could not look for damaged rows');
    }
  };
  const look = () => {
    if (isLooking || stopped) return;
    isLooking = true;
    later(() => {
      if (stopped) return;
      try {
        const { unreadable, stopped: stoppedCampaigns } = store.campaigns();
        const found: Damage = {
          segments: store.segments(),
          payloadFormats: store.payloadFormats(),
          settings: store.settings(),
          unreadableCampaigns: unreadable,
          stoppedCampaigns,
          keyPairs: store.keyPairs(),
          accessTokens: store.accessTokens(),
          statelessSubscriptions: 0,
          bareSubscriptions: 0,
        };
        turn(found, 0, store.lastSubscription());
      } catch (error) {
        isLooking = false;
        log.error({ error: String(error) }, 'could not look for damaged rows');
      }
    });
  };

  return {
    problem: () => problem,
    look,
    lookAgain() {
      if (problem !== null) look();
    },
    stop() {
      stopped = true;
    },
  };
}

function copiesIn(dataDir: string): string | null {
  const folder = path.join(dataDir, 'backups');
  return existsSync(folder) ? folder : null;
}

/**
 * What is missing, in words, and the way to get it back; `null`: nothing is.
 *
 * @param copies the folder with the copies that Pushdesk made; `null`: it made none
 */
export function damageProblem(found: Damage, copies: string | null): Problem | null {
  const {
    segments,
    payloadFormats,
    settings,
    unreadableCampaigns,
    stoppedCampaigns,
    keyPairs,
    accessTokens,
  } = found;
  const { statelessSubscriptions, bareSubscriptions } = found;
  const missing = [
    segments.length === 0 ? '' : `${named(segments, 'segment')} ${is(segments.length)} missing`,
    payloadFormats.length === 0
      ? ''
      : `${named(payloadFormats, 'payload format')} ${is(payloadFormats.length)} missing`,
    settings.length === 0 ? '' : `part of ${named(settings, 'setting')} is missing`,
    statelessSubscriptions === 0
      ? ''
      : `${counted(statelessSubscriptions, 'subscription')} ${is(statelessSubscriptions)} shown as gone and not sent to`,
    bareSubscriptions === 0
      ? ''
      : `${counted(bareSubscriptions, 'subscription')} lost ${its(bareSubscriptions)} tags or attributes`,
    keyPairs === 0 ? '' : `${counted(keyPairs, 'key pair')} can’t sign`,
    accessTokens === 0 ? '' : `${counted(accessTokens, 'access token')} can’t be used`,
    stoppedCampaigns === 0
      ? ''
      : `${counted(stoppedCampaigns, 'campaign')} ${is(stoppedCampaigns)} shown as cancelled`,
    unreadableCampaigns === 0
      ? ''
      : `${counted(unreadableCampaigns, 'campaign')} lost ${its(unreadableCampaigns)} message`,
  ].filter((one) => one !== '');
  if (missing.length === 0) return null;
  const repairs = [
    segments.length === 0 ? '' : 'save the segments again under the same names',
    payloadFormats.length === 0 ? '' : 'save the payload formats again under the same names',
    settings.length === 0 ? '' : 'change the settings again',
    statelessSubscriptions + bareSubscriptions === 0 ? '' : 'import the subscriptions again',
    keyPairs === 0 ? '' : 'import the key pairs again',
    accessTokens === 0 ? '' : 'create the access tokens again',
  ].filter((one) => one !== '');
  const here = repairs.length === 0 ? '' : ` Without one, ${repairs.join(', and ')}.`;
  return {
    code: 'rows-damaged',
    cause: `Some rows of the data file are damaged: ${missing.join('; ')}. Everything else works.`,
    cure: `To get them back, quit Pushdesk and restore a backup${copies === null ? '' : `; copies are in ${copies}`}.${here}`,
  };
}

function named(names: readonly (string | null)[], thing: string): string {
  const known = names.filter((name) => name !== null);
  const shown = known.slice(0, NAMED).map((name) => `“${visibleText(name)}”`);
  if (shown.length === 0) return counted(names.length, thing);
  const others = names.length - shown.length;
  const all = others === 0 ? shown : [...shown, counted(others, 'other')];
  const list = all.length === 1 ? all : [all.slice(0, -1).join(', '), all.at(-1)];
  return `the ${thing}${names.length === 1 ? '' : 's'} ${list.join(' and ')}`;
}

const number = new Intl.NumberFormat('en');
const counted = (count: number, thing: string) => `${number.format(count)} ${thing}${count === 1 ? '' : 's'}`;
const is = (count: number) => (count === 1 ? 'is' : 'are');
const its = (count: number) => (count === 1 ? 'its' : 'their');
