/** One numbered step of the schema. Numbers go up in tens and are never changed once released. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
