/** How somebody's own site uses the kit. */
export const KIT_USES = ['html', 'button', 'react', 'worker', 'move', 'wordpress'] as const;
export type KitUse = (typeof KIT_USES)[number];

/** A piece of a site: what to paste, and where. */
export interface Snippet {
  /** Where it goes, in words that follow “Paste this”. */
  readonly place: string;
  readonly language: 'html' | 'js' | 'jsx';
  readonly text: string;
}

export interface KitTarget {
  /** Address of the engine's public routes; `null`: the site reports to no engine. */
  readonly engine: string | null;
  readonly publicKey: string;
}

/** What to paste for one use; the files of the kit are in the folder `pushdesk` of the site. */
export function snippetsFor(use: KitUse, target: KitTarget): readonly Snippet[] {
  switch (use) {
    case 'html':
      return [{ place: 'into a page of your site', language: 'html', text: element(target) }];
    case 'button':
      return [{ place: 'into a page of your site', language: 'html', text: ownButton(target) }];
    case 'react':
      return [{ place: 'into src/Notifications.jsx', language: 'jsx', text: react(target) }];
    case 'worker':
      return [
        { place: 'as the first line of your service worker', language: 'js', text: IMPORT },
        { place: 'into a page of your site', language: 'html', text: element(target, ['existing-worker']) },
      ];
    case 'move':
      return [
        {
          place: 'into the worker file of the other service, in place of what it holds',
          language: 'js',
          text: MOVE,
        },
        {
          place: 'into a page of your site, with the path of that file',
          language: 'html',
          text: element(target, ['take-over="/OneSignalSDKWorker.js"']),
        },
      ];
    case 'wordpress':
      return [{ place: 'into a “Custom HTML” block', language: 'html', text: element(target) }];
  }
}

const IMPORT = "importScripts('/pushdesk/pushdesk-worker.js');\n";

const MOVE = `${IMPORT}self.addEventListener('install', () => self.skipWaiting());
`;

const attributesOf = ({ engine, publicKey }: KitTarget) => [
  engine === null ? 'offline' : `engine="${engine}"`,
  `public-key="${publicKey}"`,
];

const optionsOf = ({ engine, publicKey }: KitTarget, indent: string) =>
  [engine === null ? 'offline: true,' : `engine: '${engine}',`, `publicKey: '${publicKey}',`].join(
    `\n${indent}`,
  );

const element = (
  target: KitTarget,
  more: readonly string[] = [],
) => `<script src="/pushdesk/pushdesk.js"></script>
<pushdesk-subscribe
  ${[...more, ...attributesOf(target), 'topics="news:News, offers:Special offers"'].join('\n  ')}
></pushdesk-subscribe>
`;

const ownButton = (target: KitTarget) => `<script src="/pushdesk/pushdesk.js"></script>
<button id="notify" type="button">Get notifications</button>
<span id="notify-status" role="status"></span>
<script type="module">
  const { configure, onChange, subscribe, unsubscribe } = window.pushdesk;
  const button = document.querySelector('#notify');
  let isOn = false;
  onChange(({ state, problem }) => {
    isOn = state === 'on';
    button.textContent = isOn ? 'Stop notifications' : 'Get notifications';
    document.querySelector('#notify-status').textContent = problem?.text ?? '';
  });
  button.addEventListener('click', () => {
    if (isOn) unsubscribe();
    else subscribe({ tags: ['news'] });
  });
  configure({
    ${optionsOf(target, '    ')}
  });
</script>
`;

const react = (target: KitTarget) => `import { useEffect, useState } from 'react';
import { configure, onChange, subscribe, unsubscribe } from './pushdesk/pushdesk.mjs';

configure({
  ${optionsOf(target, '  ')}
});

export function Notifications() {
  const [status, setStatus] = useState({ state: 'checking', problem: null });
  useEffect(() => onChange(setStatus), []);
  const isOn = status.state === 'on';
  return (
    <p>
      <button type="button" onClick={() => (isOn ? unsubscribe() : subscribe({ tags: ['news'] }))}>
        {isOn ? 'Stop notifications' : 'Get notifications'}
      </button>
      <span role="status">{status.problem?.text}</span>
    </p>
  );
}
`;
