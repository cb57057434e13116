const EVERY_MS = 20;

/** Watches the resident memory of this process. */
export function watchMemory() {
  const before = process.memoryUsage.rss();
  let highest = before;
  const look = () => {
    highest = Math.max(highest, process.memoryUsage.rss());
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    /** By how much it was higher than in the beginning, at its highest. In bytes. Ends the watch. */
    growth(): number {
      clearInterval(timer);
      look();
      return highest - before;
    },
  };
}
