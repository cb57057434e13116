/** Runs something as if this machine were in a given time zone. */
export async function inTimeZone<Result>(
  timeZone: string,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const before = process.env['TZ'];
  process.env['TZ'] = timeZone;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}
