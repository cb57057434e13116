import { z } from 'zod';

/** Where the server listens beyond the loopbacks. */
export interface ListenAddress {
  /** IPv4, or IPv6 without brackets. */
  readonly host: string;
  /** `null`: the server's own port, or with a certificate the port of the public address. */
  readonly port: number | null;
}

/** Reads `0.0.0.0`, `192.0.2.1:8443`, `::`, `[::]:443`; `null` where it is none of these. */
export function readListenAddress(text: string): ListenAddress | null {
  const typed = text.trim();
  const [, bracketed, bare, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(typed) ?? [];
  const host = bracketed ?? bare ?? typed;
  if (!z.union([z.ipv4(), z.ipv6()]).safeParse(host).success) return null;
  const number = port === undefined ? null : Number(port);
  return number !== null && (number < 1 || number > 65_535) ? null : { host, port: number };
}

const REASON = 'Write an IP address of this machine, with a port or without: 0.0.0.0 or 192.0.2.1:8443.';

export const listenAddressSchema = z
  .string()
  .max(60)
  .superRefine((text, context) => {
    if (readListenAddress(text) === null) context.addIssue({ code: 'custom', message: REASON });
  });
