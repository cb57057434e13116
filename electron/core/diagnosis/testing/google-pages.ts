import { gone, pauses, unknownEndpoint, type Row } from './answer-row.ts';

const googlePage = (status: number, words: string) =>
  `<HTML>\n<HEAD>\n<TITLE>${words}</TITLE>\n</HEAD>\n<BODY BGCOLOR="#FFFFFF" TEXT="#000000">\n<H1>${words}</H1>\n<H2>Error ${status}</H2>\n</BODY>\n</HTML>\n`;

const GOOGLE_404 = [
  googlePage(404, 'Not Found'),
  '<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  <title>Error 404 (Not Found)!!1</title>\n  <p><b>404.</b> <ins>That’s an error.</ins>',
];

/** Pages that Google's FCM answers with: its own, not ones in its place. */
export const GOOGLE_PAGE_ROWS: Row[] = [
  ...[401, 403].map((status): Row => ({
    rule: 'fcm-page',
    service: 'fcm',
    status,
    body: googlePage(status, 'Unauthorized'),
    outcome: pauses('token-refused'),
  })),
  ...GOOGLE_404.flatMap((body): Row[] => [
    { rule: 'fcm-page-gone', service: 'fcm', status: 404, body, outcome: gone },
    { rule: 'gone', service: 'fcm', status: 410, body, outcome: gone },
    // Google's balancers say the same in front of servers of others.
    { rule: 'page-for-a-refusal', service: 'other', status: 404, body, outcome: pauses('web-page-answered') },
  ]),
  ...[404, 410].map((status): Row => ({
    rule: 'unknown-endpoint',
    service: 'fcm',
    status,
    body: googlePage(
      status,
      'A valid push subscription endpoint should be specified in the URL as such: https://fcm.googleapis.com/wp/a:b',
    ),
    outcome: unknownEndpoint,
  })),
  ...(
    [
      ['fcm-unsubscribed', 'push subscription has unsubscribed or expired.'],
      ['fcm-not-registered', 'NotRegistered'],
    ] as const
  ).map(([rule, words]): Row => ({
    rule,
    service: 'fcm',
    status: 404,
    body: googlePage(404, words),
    outcome: gone,
  })),
];
