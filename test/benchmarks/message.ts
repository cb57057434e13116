/** What is sent in every measurement, by every sender: an ordinary notification. */
export const MESSAGE = {
  title: 'Fresh bread is out of the oven',
  body: 'Rye and walnut today, until noon or until it is gone.',
  url: 'https://bakery.example/today',
  iconUrl: 'https://bakery.example/icon.png',
  ttlSeconds: 3600,
};
