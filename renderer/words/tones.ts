/** What a state means at a glance; each has its colours in app/tokens.css. */
export type Tone = 'ok' | 'bad' | 'warn' | 'busy' | 'odd' | 'idle';
