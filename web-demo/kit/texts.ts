/** What visitors read. Each can be replaced by an attribute `text-…` of the element. */
export interface Texts {
  subscribe: string;
  unsubscribe: string;
  bell: string;
  topics: string;
  working: string;
  on: string;
  off: string;
  later: string;
  unavailable: string;
  unsupported: string;
  'needs-home-screen': string;
  'in-frame': string;
  denied: string;
  network: string;
  again: string;
  paste: string;
  copy: string;
  copied: string;
}

export type TextName = keyof Texts;

const EN: Texts = {
  subscribe: 'Get notifications',
  unsubscribe: 'Stop notifications',
  bell: 'Notifications',
  topics: 'Topics',
  working: 'One moment…',
  on: 'Notifications are on.',
  off: 'Notifications are off.',
  later: 'Notifications are on once this site can be reached.',
  unavailable: 'Notifications aren’t available now.',
  unsupported: 'This browser can’t show notifications here.',
  'needs-home-screen': 'Press Share, Add to Home Screen, and open this page from there.',
  'in-frame': 'Open this page in its own tab.',
  denied: 'Notifications are blocked. ',
  network: 'Can’t connect. Check your connection and try again.',
  again: 'Press the button again, then Allow.',
  paste: 'Send this to the owner of the site:',
  copy: 'Copy',
  copied: 'Copied',
};

/** Some problems have texts of their own, by the name of their code. */
export const isTextName = (name: string): name is TextName => name in EN;

const ES: Texts = {
  subscribe: 'Recibir notificaciones',
  unsubscribe: 'Dejar de recibirlas',
  bell: 'Notificaciones',
  topics: 'Temas',
  working: 'Un momento…',
  on: 'Las notificaciones están activadas.',
  off: 'Las notificaciones están desactivadas.',
  later: 'Las notificaciones se activan cuando haya conexión.',
  unavailable: 'Las notificaciones no están disponibles ahora.',
  unsupported: 'Este navegador no puede mostrar notificaciones aquí.',
  'needs-home-screen': 'Pulsa Compartir, Añadir a pantalla de inicio, y abre esta página desde allí.',
  'in-frame': 'Abre esta página en su propia pestaña.',
  denied: 'Las notificaciones están bloqueadas. ',
  network: 'No hay conexión. Compruébala e inténtalo de nuevo.',
  again: 'Pulsa de nuevo el botón y luego Permitir.',
  paste: 'Envía esto al responsable del sitio:',
  copy: 'Copiar',
  copied: 'Copiado',
};

/** How to lift a block: on iPhone and iPad, in Safari, elsewhere. */
const EN_UNBLOCK = [
  'Allow them in Settings, Notifications.',
  'Allow them in Safari, Settings, Websites, Notifications.',
  'Allow them at the icon beside the address.',
];
const ES_UNBLOCK = [
  'Permítelas en Ajustes, Notificaciones.',
  'Permítelas en Safari, Ajustes, Sitios web, Notificaciones.',
  'Permítelas en el icono junto a la dirección.',
];

/** @param lang a language tag: English for any but Spanish. @param browser decides which way to lift a block is described */
export function textsFor(lang: string, { userAgent } = navigator): Texts {
  const [texts, unblock] = /^es\b/i.test(lang) ? [ES, ES_UNBLOCK] : [EN, EN_UNBLOCK];
  const browser = /iP(hone|ad)/.test(userAgent) ? 0 : /Mac OS.*Version\//.test(userAgent) ? 1 : 2;
  return { ...texts, denied: texts.denied + (unblock[browser] ?? '') };
}
