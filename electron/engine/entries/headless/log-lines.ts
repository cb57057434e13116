import { z } from 'zod';
import { visibleText } from '../../../core/text/visible-text.ts';

/** `json`: the log as it is. `plain`: for people. `journal`: the same, with the priority that systemd's journal reads from each line. */
export type LogForm = 'json' | 'plain' | 'journal';

const lineSchema = z.looseObject({ level: z.number(), time: z.number(), msg: z.string().optional() });

/** Levels of pino as words, and as priorities of syslog (sd-daemon(3)). */
const LEVELS = [
  { from: 60, word: 'FATAL', priority: 2 },
  { from: 50, word: 'ERROR', priority: 3 },
  { from: 40, word: 'WARN', priority: 4 },
  { from: 30, word: 'INFO', priority: 6 },
  { from: 0, word: 'DEBUG', priority: 7 },
] as const;

/** One line of the log in another form; a line that is not ours stays as it is. */
export function formLogLine(line: string, form: LogForm): string {
  if (form === 'json') return line;
  const read = readLine(line);
  if (read === null) return line;
  const { level, time, msg = '', ...fields } = read;
  const { word, priority } = LEVELS.find(({ from }) => level >= from) ?? LEVELS[4];
  const facts = Object.entries(fields).map(([name, value]) => ` ${name}=${textOf(value)}`);
  // Parsing the JSON has turned its escapes back into characters.
  const text = `${visibleText(`${word} ${msg}${facts.join('')}`)}\n`;
  // The journal adds the time itself.
  return form === 'journal' ? `<${priority}>${text}` : `${timeOf(time)} ${text}`;
}

function readLine(line: string): z.infer<typeof lineSchema> | null {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

const timeOf = (time: number) => (Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : String(time));

/** In quotes if it could be taken for more than one word. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}
