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
    /** Ends the watch. Returns the most by which it rose above its size at the start, in bytes. */
    growth(): number {
      clearInterval(timer);
      look();
      return highest - before;
    },
  };
}
