/** The message that the preload script forwards together with the ports: the engine's, and for a new page the app's. */
export const PORT_MESSAGE = 'pushdesk:engine-port';

/** The part of a window that ports arrive at. */
export interface MessageTarget {
  addEventListener: (type: 'message', listener: (event: MessageEvent) => void) => void;
}
