import { z } from 'zod';
import { instantSchema } from './common.ts';
import { procedure } from './procedure.ts';
import { pushServiceSchema } from './push-service.ts';

const count = z.number().int();

/** How a subscription that was active and outside the bin stopped being so: its new state, or the bin. */
export const leftAsSchema = z.enum(['gone', 'expired', 'unsubscribed', 'mismatched', 'binned']);
export type LeftAs = z.infer<typeof leftAsSchema>;

/** One day of the list. Only subscriptions that are active and outside the bin are on it. */
export const listDaySchema = z.object({
  /** The first instant of the day, in the time zone of the engine. */
  day: instantSchema,
  /** `2026-11-29`. */
  date: z.string(),
  /** Stored for the first time, by the date that the list shows as “Added”. */
  joined: count,
  /** Active again, after they had left. */
  returned: count,
  left: count,
  leftAs: z.record(leftAsSchema, count),
  /** `joined + returned - left`. */
  net: z.number().int(),
  /** Active at the end of the day; on the last day, now. */
  total: z.number().int(),
});
export type ListDay = z.infer<typeof listDaySchema>;

/** Active subscriptions by the values of one attribute. */
const valuesSchema = z.object({
  /** The most frequent ones. */
  top: z.array(z.object({ value: z.string(), active: count })),
  /** With another value. */
  others: count,
  /** Without a value. */
  unknown: count,
});
export type ValueCounts = z.infer<typeof valuesSchema>;

const nextSendSchema = z.object({
  /** Active subscriptions of groups with enough answers. */
  covered: count,
  /** How many of these a send would find gone; `null`: no group has enough answers. */
  expected: count.nullable(),
});

/** A group by push service and by how long ago that service last took a message for it. */
const ageGroupSchema = z.object({
  /** In days; `null`: a push service never took a message for these. */
  fromDays: count.nullable(),
  /** Fewer than this many days; `null`: no upper limit. */
  toDays: count.nullable(),
  active: count,
  /** Answers of the last year that said accepted or gone, for those that were of this age then. */
  answers: count,
  /** Those among them that were gone. */
  gone: count,
  /** `gone / answers`; `null`: too few answers to tell. */
  share: z.number().nullable(),
});
export type AgeGroup = z.infer<typeof ageGroupSchema>;

export const listOverviewSchema = z.object({
  /** When it was counted. A large list is counted again in the background, some seconds after a change. */
  countedAt: instantSchema,
  /** The zone in which days begin at midnight: `Europe/Oslo`. */
  timeZone: z.string(),
  active: count,
  /** The last 90, today included, oldest first. */
  days: z.array(listDaySchema),
  services: z.array(z.object({ pushService: pushServiceSchema, active: count })),
  platforms: valuesSchema,
  browsers: valuesSchema,
  languages: valuesSchema,
  /** What a send to everyone active would lose, judged by how push services answered in the last year. */
  nextSend: nextSendSchema.extend({
    /** Answers that a group needs before a share is given. */
    enoughAnswers: count,
    services: z.array(
      nextSendSchema.extend({ pushService: pushServiceSchema, active: count, ages: z.array(ageGroupSchema) }),
    ),
  }),
});
export type ListOverview = z.infer<typeof listOverviewSchema>;

export const listOverviewTopics = ['overview'] as const;

export const listOverviewProcedures = {
  listOverview: procedure
    .route({
      method: 'GET',
      path: '/overview/list',
      summary: 'Growth by day, by platform, language and push service, and what the next send would lose',
    })
    .output(listOverviewSchema),
};
