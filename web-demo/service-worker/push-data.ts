/** What a push brought, decrypted; `null`: it was nothing readable. */
export function textOf(data: PushMessageData | null): string | null {
  try {
    return data?.text() ?? null;
  } catch {
    return null;
  }
}

/** Two if the browser does not say: no browser shows more. */
export function maxActions(): number {
  const { maxActions: most } = Notification as { maxActions?: number };
  return typeof most === 'number' && most > 0 ? most : 2;
}
