import { z } from 'zod';
import { procedure } from './procedure.ts';

/** What a page says about itself in Open Graph tags, or else in its title and description; empty where it says nothing. */
export const pageFactsSchema = z.object({
  title: z.string(),
  description: z.string(),
  imageUrl: z.string(),
  /** The address that the page names as its own, or else the one where it was found. */
  url: z.string(),
});
export type PageFacts = z.infer<typeof pageFactsSchema>;

export const readPageInputSchema = z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2000) });

export const pageProcedures = {
  /** Fetches the page with one request, not counting redirects. */
  readPage: procedure
    .route({
      method: 'POST',
      path: '/campaigns/read-page',
      summary: 'Title, description, picture and address of a page, for a message about it',
    })
    .input(readPageInputSchema)
    .output(pageFactsSchema),
};
