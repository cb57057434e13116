import { MAX_OWN_FORMATS, ownFormatSchema, type OwnFormat } from '../../../contract/own-formats.ts';

/** The payload formats that a workspace has kept, one by one: one that cannot be read hides none of the others. */
export interface KeptFormats {
  /** Each under a name of its own. */
  readonly formats: OwnFormat[];
  readonly damaged: readonly DamagedFormat[];
}

export interface DamagedFormat {
  /** `null`: not even that can be read. */
  readonly name: string | null;
  /** As it was kept. */
  readonly kept: unknown;
}

/** @param kept the list as it was kept; may be anything */
export function readKeptFormats(kept: unknown): KeptFormats {
  const formats = new Map<string, OwnFormat>();
  const damaged: DamagedFormat[] = [];
  for (const item of Array.isArray(kept) ? (kept as unknown[]) : [kept]) {
    const { data } = ownFormatSchema.safeParse(item);
    if (data === undefined || formats.has(data.name) || formats.size === MAX_OWN_FORMATS)
      damaged.push({ name: nameOf(item), kept: item });
    else formats.set(data.name, data);
  }
  return { formats: [...formats.values()], damaged };
}

function nameOf(item: unknown): string | null {
  const { name } = Object(item) as { name?: unknown };
  return ownFormatSchema.shape.name.safeParse(name).data ?? null;
}
