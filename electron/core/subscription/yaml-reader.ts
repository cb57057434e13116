import { parseAllDocuments } from 'yaml';
import { createLineCounter } from '../text/line-counter.ts';
import { createFieldRoles } from './record/field-role.ts';
import { readRecord } from './record/read-record.ts';
import { findRecords } from './record/records.ts';
import type { SubscriptionTextRow } from './region.ts';
import type { SubscriptionTextReader } from './text-reader.ts';

/** A longer one is read as lines with labels, which most are. */
const MAX_YAML = 1_000_000;
const MAX_EXCERPT = 100;

/** Whether a text looks like YAML: nested maps or lists of maps by indentation, or its marker. */
export function isYaml(start: string): boolean {
  if (!/endpoint|https:/i.test(start)) return false;
  const lines = start.split(/\r\n?|\n/).filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const [first = ''] = lines;
  // The prompt of a console.
  if (/^[\w.:[\]-]*> /m.test(start)) return false;
  if (/^---(?:\s|$)/.test(first)) return true;
  return (
    /^(?:- *)?["']?[\w.@ -]+["']?:(?:\s|$)|^-\s*$/.test(first) &&
    lines.slice(0, 30).some((line) => /^\s+["']?[\w.-]+["']?:(?:\s|$)|^- /.test(line))
  );
}

/**
 * Reads YAML with all that it has: anchors, folded texts, flow style. What is too long or broken is read by the other reader.
 *
 * @param otherReader makes the reader for what is not valid YAML
 */
export function createYamlReader(otherReader: () => SubscriptionTextReader): SubscriptionTextReader {
  let text = '';
  let other: SubscriptionTextReader | null = null;
  return {
    push(piece) {
      if (other !== null) return other.push(piece);
      text += piece;
      if (text.length <= MAX_YAML) return [];
      other = otherReader();
      return other.push(text);
    },
    end() {
      if (other !== null) return other.end();
      const rows = readYaml(text);
      if (rows.some(({ kind }) => kind === 'row')) return rows;
      const fallback = otherReader();
      return [...fallback.push(text), ...fallback.end()];
    },
  };
}

function readYaml(text: string): SubscriptionTextRow[] {
  const roles = createFieldRoles();
  const rows: SubscriptionTextRow[] = [];
  const lines = createLineCounter(text);
  let place = 0;
  for (const record of valuesOf(text).flatMap((value) => findRecords(value, roles))) {
    if (record.kind === 'stranger') continue;
    const read = readRecord(record, roles, true);
    // Its values say where it stands; the parser of YAML does not, once it has made values of it.
    const known = read.kind === 'row' ? read.value.endpoint : read.endpoint;
    place = Math.max(place, known === '' ? 0 : text.indexOf(known, place));
    const line = lines.lineAt(place);
    rows.push(
      read.kind === 'row'
        ? { ...read, line }
        : { kind: 'bad', line, problem: read.problem, excerpt: read.endpoint.slice(0, MAX_EXCERPT) },
    );
  }
  return rows;
}

function valuesOf(text: string): unknown[] {
  try {
    const documents = parseAllDocuments(text.replaceAll(/\r\n?/g, '\n'), {
      logLevel: 'silent',
      uniqueKeys: false,
    });
    if (!Array.isArray(documents)) return [];
    return documents
      .filter(({ errors }) => errors.length === 0)
      .map((one): unknown => one.toJS({ maxAliasCount: 50 }));
  } catch {
    // Nested beyond all measure, or aliases of aliases.
    return [];
  }
}
