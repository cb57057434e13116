/** Makes the archive for servers in a folder, and returns its path. */
export function packServer(dist?: string): Promise<string>;
