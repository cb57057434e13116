import { createAppClient } from '../shared/app-client.ts';
import { createMemory } from '../shared/memory.ts';
import { personOf, surroundings } from './person.ts';
import { createTellApp } from '../shared/tell-app.ts';
import { createBrowserPush } from './browser-push.ts';
import { copyOrSelect } from './copy-or-select.ts';
import { looksAgain, viewOf } from './page-state.ts';
import type { PageState } from './page-state.ts';
import { findPlaces, render } from './render.ts';
import { createSession } from './session.ts';
import type { Session } from './session.ts';
import { missingSupport, surroundingsOf } from './support.ts';
import { scheduleWithTimer } from './with-timeout.ts';

const COPIED_MS = 2_000;
const places = findPlaces(document);
let state: PageState = { kind: 'checking' };

function show(next: PageState): void {
  state = next;
  render(places, viewOf(next));
}

function startSession(): Session {
  const app = createAppClient((input, init) => fetch(input, init));
  return createSession({
    browser: createBrowserPush(navigator),
    app,
    tell: createTellApp(app, createMemory(window.caches), () =>
      personOf(surroundings(navigator), window.location.search),
    ),
    show,
    schedule: scheduleWithTimer,
  });
}

function onPress(button: HTMLElement, act: () => Promise<void>): void {
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') void act();
  });
}

/** Looks again when something outside the page may have changed what it says. */
function lookAgain(session: Session): void {
  const again = () => {
    if (document.visibilityState === 'visible' && looksAgain(state)) void session.check();
  };
  document.addEventListener('visibilitychange', again);
  navigator.serviceWorker.addEventListener('message', again);
  void navigator.permissions.query({ name: 'notifications' }).then(
    (permission) => {
      permission.addEventListener('change', again);
    },
    () => undefined,
  );
}

function offerCopy(): void {
  const button = document.querySelector('#copy');
  button?.addEventListener('click', () => {
    void copyOrSelect(places.json, navigator.clipboard).then((copied) => {
      button.textContent = copied === 'copied' ? 'Copied' : 'Press Ctrl+C or ⌘C';
      scheduleWithTimer(() => {
        button.textContent = 'Copy';
      }, COPIED_MS);
    });
  });
}

/** Opened by the link of the app's QR code: the page tells the app what is missing here. */
if (location.hash.startsWith('#phone=')) {
  const script = document.createElement('script');
  script.src = 'phone.js';
  document.head.append(script);
}

const missing = missingSupport(surroundingsOf(window));
offerCopy();
if (missing === null) {
  const session = startSession();
  onPress(places.subscribe, session.subscribe);
  onPress(places.cancel, session.cancel);
  lookAgain(session);
  void session.check();
} else {
  show({ kind: 'unsupported', problem: missing });
}
