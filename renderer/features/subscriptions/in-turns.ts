/** How many rows one call of the engine takes. */
export const MAX_AT_ONCE = 10_000;

/**
 * Does something to any number of rows, as many at once as one call takes.
 *
 * @returns how many it was done to
 * @throws whatever a call throws; what the calls before it did stays done
 */
export async function inTurns<Id>(
  ids: readonly Id[],
  act: (ids: Id[]) => Promise<{ count: number }>,
): Promise<number> {
  let done = 0;
  for (let start = 0; start < ids.length; start += MAX_AT_ONCE) {
    const { count } = await act(ids.slice(start, start + MAX_AT_ONCE));
    done += count;
  }
  return done;
}
