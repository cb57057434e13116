/** Everything that the page needs together, in bytes. */
export const SIZE_LIMIT: number;

/** @param target the folder to fill; default: the one below `out/` */
export function buildSubscribePage(target?: string): Promise<void>;
