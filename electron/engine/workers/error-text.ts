/** What an error says, for the log. */
export const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
