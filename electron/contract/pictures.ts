import { procedure } from './procedure.ts';
import { z } from 'zod';
import { problemSchema } from './problem.ts';

export const pictureFieldSchema = z.enum(['iconUrl', 'badgeUrl', 'imageUrl']);
export type PictureField = z.infer<typeof pictureFieldSchema>;

/** As typed so far; anything but an absolute http(s) address is not requested. */
export const checkPicturesInputSchema = z.strictObject({
  iconUrl: z.string().max(2000).default(''),
  badgeUrl: z.string().max(2000).default(''),
  imageUrl: z.string().max(2000).default(''),
});

/** A picture for the preview, small enough to hand to a page. */
export const loadPictureInputSchema = z.strictObject({ url: z.string().max(2000) });
export const loadedPictureSchema = z.object({
  /** Judged by its first bytes, whatever the site calls it. */
  type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
  base64: z.string(),
});
export type LoadedPicture = z.infer<typeof loadedPictureSchema>;

/** What is known about the pictures of a message. None of it keeps the message from being sent. */
export const pictureCheckSchema = z.object({
  /** Those that were requested and can be loaded. */
  reachable: z.array(pictureFieldSchema),
  warnings: z.array(problemSchema),
  /** True where they could not be checked, because this machine has no connection. */
  isOffline: z.boolean(),
});
export type PictureCheck = z.infer<typeof pictureCheckSchema>;

export const pictureProcedures = {
  /** Requests the pictures of a message from their sites; the answer is kept for a minute. */
  checkPictures: procedure
    .route({
      method: 'POST',
      path: '/campaigns/check-pictures',
      summary: 'See whether icon, badge and image can be loaded',
    })
    .input(checkPicturesInputSchema)
    .output(pictureCheckSchema),
  /** Fetches one that was found by `checkPictures`, for the preview: the window itself reaches no site. [Note: not over HTTP] */
  loadPicture: procedure.input(loadPictureInputSchema).output(loadedPictureSchema),
};
