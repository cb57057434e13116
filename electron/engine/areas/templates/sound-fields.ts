import { z } from 'zod';
import { soundJson } from '../../store/sound.ts';

const fieldsSchema = z.record(z.string(), z.unknown());

/** Fields by name, in JSON; damaged ones count as absent. */
export const soundFields = (text: string): Record<string, unknown> => soundJson(fieldsSchema, text) ?? {};
