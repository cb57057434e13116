/** What a push brought, decrypted; `null`: nothing that can be read. */
export function textOf(data: PushMessageData | null): string | null {
  try {
    return data?.text() ?? null;
  } catch {
    return null;
  }
}

/** Two where a browser does not tell: no browser shows more. */
export function maxActions(): number {
  const { maxActions: most } = Notification as { maxActions?: number };
  return typeof most === 'number' && most > 0 ? most : 2;
}
