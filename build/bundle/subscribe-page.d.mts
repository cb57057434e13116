/** @param target the folder to fill; default: the one below `out/` */
export function buildSubscribePage(target?: string): Promise<void>;
