import { z } from 'zod';
import { soundJson } from '../../store/sound.ts';

const fieldsSchema = z.record(z.string(), z.unknown());

/** Fields by their names, in JSON; damaged ones are none. */
export const soundFields = (text: string): Record<string, unknown> => soundJson(fieldsSchema, text) ?? {};
