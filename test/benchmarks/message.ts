/** What is sent in every measurement, by every sender: an ordinary notification. */
export const MESSAGE = {
  title: 'Fresh bread is out of the oven',
  body: 'Rye and walnut today, until noon or until it is gone.',
  url: 'https://bakery.example/today',
  iconUrl: 'https://bakery.example/icon.png',
  ttlSeconds: 3600,
};

/** The same with a payload for each recipient, about as long. */
export const PERSONAL_MESSAGE = {
  ...MESSAGE,
  title: 'Fresh bread for {{name}} is here',
  body: 'Rye and walnut today in {{city|your street}}, until it is gone.',
  url: 'https://bakery.example/{{name}}',
};

/** What is known about a recipient, by endpoint. */
export const attributesOf = (endpoint: string) => ({ name: endpoint.slice(-6), city: 'Old Harbour' });
