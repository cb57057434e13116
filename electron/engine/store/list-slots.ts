/** What happened to the list is summed up in slots of this length, in ms since 1970. See [Note: list sums]. */
export const LIST_SLOT_MS = 900_000;
