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
    /** How far it rose at most above what it was at the beginning. In bytes. Ends the watch. */
    growth(): number {
      clearInterval(timer);
      look();
      return highest - before;
    },
  };
}
