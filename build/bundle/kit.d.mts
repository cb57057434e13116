/** What a page loads of the kit, in bytes after `gzip -9`. */
export const KIT_LIMIT: number;

export function buildKit(target: string, browsers: readonly string[]): Promise<void>;
