let inherited: number | null = null;

/** Nobody else can read what this process makes from now on, whatever folder it lies in and whichever library makes it. */
export function closeNewFilesToOthers(): void {
  inherited = process.umask(0o077);
}

/** Starts another program, such as the browser, which should create its own files as it always does. */
export async function withInheritedUmask<Result>(run: () => Promise<Result>): Promise<Result> {
  if (inherited === null) return run();
  process.umask(inherited);
  try {
    return await run();
  } finally {
    process.umask(0o077);
  }
}
