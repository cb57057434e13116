import { ipcRenderer } from 'electron';

/**
 * Hands the page one MessagePort to the engine and nothing else: no function, no object, no channel name. The port is asked for at
 * `DOMContentLoaded`: the page's scripts have run by then, so its listener is there. A reload asks again; an engine that was started again
 * sends a new port unasked.
 */
window.addEventListener('DOMContentLoaded', () => {
  ipcRenderer.on('pushdesk:engine-port', (event) => {
    window.postMessage('pushdesk:engine-port', window.location.origin, event.ports);
  });
  ipcRenderer.send('pushdesk:connect');
});
