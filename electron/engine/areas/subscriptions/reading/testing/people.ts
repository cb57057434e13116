/** What a row is expected to say: which subscription it is, and only the named parts of its person. */
export interface WantedPerson {
  readonly i: 0 | 1;
  readonly label?: string | null;
  readonly id?: string | null;
  readonly tags?: readonly string[];
  readonly left?: boolean;
  readonly attrs?: Readonly<Record<string, string>>;
}

export type PeopleForm = readonly [text: string, wanted: readonly WantedPerson[]];
