import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * What a failed step really died of, judged by what it printed: npm, tar, make, the compiler and Node all end in the same few codes. The
 * one place that knows what to do about each.
 *
 * @typedef {'disk' | 'permission' | 'network' | 'proxy' | 'trust' | 'registry' | 'damaged'} Kind
 * @typedef {{kind: Kind, what: string, cure: string}} Cause `what` completes "Could not … (…)", `cure` is an imperative without its full
 * stop
 * @typedef {{kind: Kind, signs: RegExp, what: string, cure: string}} Rule
 */

/** A path in Node's messages, `open '/a/b'`, and in npm's, `npm error path /a/b`. */
const PATH = /npm (?:error|ERR!) (?:path|dest) (.+)|, \w+ '([^']+)'/;
/** The address connected to is more reliable than the one asked for: there may be a proxy in between. */
const HOSTS = [
  /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT) ([\w.-]+(?::\d+)?)/,
  /request to https?:\/\/([^/\s]+)/,
];
const LOADED = /(?:GET|PUT) (https?:\/\/\S+)/;

/** The first that matches counts: local causes come before what the network says. */
const RULES = /** @type {readonly Rule[]} */ ([
  {
    kind: 'disk',
    signs: /ENOSPC|no space left on device/i,
    what: 'the disk is full',
    cure: 'Make room on the disk{path}',
  },
  {
    kind: 'disk',
    signs: /EDQUOT|disk quota exceeded/i,
    what: 'your disk quota is used up',
    cure: 'Make room in your quota{path}',
  },
  {
    kind: 'disk',
    signs: /EROFS|read-only file ?system/i,
    what: 'the disk is read-only',
    cure: 'Use a folder on a disk that can be written to, or mount this one writable{path}',
  },
  {
    kind: 'disk',
    signs: /\bEIO\b|input\/output error/i,
    what: 'the disk reports an error',
    cure: 'Check the disk{path}',
  },
  {
    kind: 'disk',
    signs: /ENAMETOOLONG|file name too long/i,
    what: 'a path is too long',
    cure: 'Move the project to a shorter path{path}',
  },
  {
    kind: 'permission',
    signs: /your cache folder contains root-owned files/i,
    what: "npm's cache contains files of another user",
    cure: 'Make them your own: sudo chown -R "$(id -u):$(id -g)" "$(npm config get cache)"',
  },
  {
    kind: 'permission',
    signs: /\b(EACCES|EPERM)\b|permission denied|operation not permitted/i,
    what: 'a file or folder cannot be read or written',
    cure: 'Give your user access to it{path}',
  },
  {
    kind: 'trust',
    signs:
      /SELF_SIGNED_CERT|self.signed certificate|UNABLE_TO_(GET|VERIFY)|unable to (get local issuer|verify the first) certificate|DEPTH_ZERO_SELF/i,
    what: 'the certificate of {host} is signed by an authority that is not trusted here',
    cure: 'If your company has a proxy that signs connections, name its certificate: npm config set cafile FILE, and NODE_EXTRA_CA_CERTS=FILE',
  },
  {
    kind: 'trust',
    signs: /CERT_HAS_EXPIRED|certificate has expired|CERT_NOT_YET_VALID|certificate is not yet valid/i,
    what: 'the certificate of {host} is not valid today',
    cure: "Check this computer's clock",
  },
  {
    kind: 'proxy',
    signs:
      /\b(E407|ERR_TUNNEL|tunneling socket could not be established)\b|407 Proxy Authentication|\bproxy\b[^\n]*(ECONNREFUSED|ENOTFOUND|ETIMEDOUT)/i,
    what: 'the proxy does not let it through',
    cure: 'Check HTTPS_PROXY and the proxy in npm config list',
  },
  {
    kind: 'damaged',
    signs: /\b(EINTEGRITY|TAR_BAD_ARCHIVE|Z_DATA_ERROR|Z_BUF_ERROR)\b/,
    what: 'a downloaded package is damaged or was changed on the way',
    cure: 'Empty the cache with npm cache clean --force',
  },
  {
    kind: 'registry',
    signs: /\b(E401|E403|ENEEDAUTH)\b/,
    what: '{registry} refuses this user',
    cure: 'Sign in to it with npm login, or choose another one with npm config set registry',
  },
  {
    kind: 'registry',
    signs: /\b(E404|ETARGET|ENOVERSIONS)\b/,
    what: '{registry} does not have a package that is needed',
    cure: 'Check that it mirrors all of npm, or choose another one with npm config set registry',
  },
  {
    kind: 'registry',
    signs: /\bE(5\d\d|429)\b/,
    what: '{registry} cannot answer right now',
    cure: 'Wait a minute',
  },
  {
    kind: 'network',
    signs: /\b(ENOTFOUND|EAI_AGAIN)\b/,
    what: 'the name {host} cannot be found',
    cure: 'Connect to the internet, or check the registry and the proxy in npm config list',
  },
  {
    kind: 'network',
    signs: /\bECONNREFUSED\b/,
    what: '{host} refuses the connection',
    cure: 'Check the registry and the proxy in npm config list',
  },
  {
    kind: 'network',
    signs:
      /\b(ETIMEDOUT|ESOCKETTIMEDOUT|ERR_SOCKET_TIMEOUT|ECONNRESET|ENETUNREACH|EHOSTUNREACH|EPIPE|FETCH_ERROR)\b|Socket timeout|socket hang up/,
    what: '{host} does not answer',
    cure: 'Check the connection to the internet',
  },
  {
    kind: 'disk',
    signs: /\bEMFILE\b|too many open files/i,
    what: 'too many files are open',
    cure: 'Allow more of them: ulimit -n 4096',
  },
]);

/**
 * @param {string} output what a step printed, or the message of an error
 * @returns {Cause | undefined} undefined where nothing known is in it
 */
export function causeOf(output) {
  const told = `${output}\n${refusalBehind(output)}`;
  const rule = RULES.find(({ signs }) => signs.test(told));
  if (!rule) return undefined;
  const fill = (/** @type {string} */ text) =>
    text
      .replace('{path}', () => pathIn(output) || (rule.signs.test('ENOSPC') ? fullPlaces() : ''))
      .replace('{host}', () => hostIn(output) || 'the server')
      .replace('{registry}', () => registryIn(output));
  return { kind: rule.kind, what: fill(rule.what), cure: fill(rule.cure) };
}

/**
 * If a folder cannot be made on a read-only disk, Node only says that it does not exist.
 * @param {string} output
 */
function refusalBehind(output) {
  if (!/ENOENT/.test(output)) return '';
  const found = /mkdir '([^'\n]+)'/.exec(output);
  if (!found || found[1] === undefined) return '';
  let folder = path.dirname(found[1]);
  while (!fs.existsSync(folder) && folder !== path.dirname(folder)) folder = path.dirname(folder);
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const ROOM = 50e6;

/** No such message says which disk is full. */
function fullPlaces() {
  const cache = process.env['npm_config_cache'];
  const places = [process.cwd(), ...(cache ? [cache] : []), tmpdir()].filter(hasNoRoom);
  return places.length > 0 ? ` (${places.join(', ')})` : '';
}

/** @param {string} folder */
function hasNoRoom(folder) {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize < ROOM;
  } catch {
    // It does not exist, or this Node cannot tell.
    return false;
  }
}

/** @param {string} output */
function pathIn(output) {
  const found = PATH.exec(output);
  return found ? ` (${(found[1] || found[2] || '').trim()})` : '';
}

/** @param {string} output */
function hostIn(output) {
  const found = HOSTS.map((host) => host.exec(output)).find(Boolean);
  return found ? found[1] : undefined;
}

/** @param {string} output */
function registryIn(output) {
  const found = LOADED.exec(output);
  return found ? `The registry ${new URL(found[1] || '').host}` : 'The registry';
}
