/** Makes the archive for servers in a folder, and tells its path. */
export function packServer(dist?: string): Promise<string>;
