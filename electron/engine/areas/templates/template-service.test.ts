import { expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempStore } from '../../testing/temp-store.ts';
import { createTemplates } from './template-service.ts';

function rig() {
  const clock = fakeClock();
  const published: string[] = [];
  const templates = createTemplates({
    db: tempStore().db,
    clock,
    changes: { publish: (...topics) => published.push(...topics) },
  });
  return { templates, clock, published };
}
const message = { title: 'Hi {{name|there}}', unheardOf: 1 };

it('a template keeps its message with its variables, is renamed and changed', () => {
  const { templates, published } = rig();
  const { id } = templates.create({ name: 'Welcome', message });
  templates.create({ name: 'alert', message: {} });
  expect(templates.list().items.map(({ name }) => name)).toEqual(['alert', 'Welcome']);
  expect(templates.get({ id })).toMatchObject({ name: 'Welcome', message });
  expect(templates.update({ id, name: 'Hello' })).toMatchObject({ name: 'Hello', message });
  expect(templates.update({ id, message: {} })).toMatchObject({ name: 'Hello', message: {} });
  expect(published).toEqual(['templates', 'templates', 'templates', 'templates']);
});

it('has a name of its own, whatever its case', () => {
  const { templates } = rig();
  templates.create({ name: 'Welcome', message });
  const { id } = templates.create({ name: 'Other', message });
  const taken = 'There is already a template called';
  expect(() => templates.create({ name: 'WELCOME', message })).toThrow(taken);
  expect(() => templates.update({ id, name: 'welcome' })).toThrow(taken);
  expect(templates.update({ id, name: 'OTHER' })).toMatchObject({ name: 'OTHER' });
});

it('that was deleted comes back for a day, unless another one has its name by then', () => {
  const { templates, clock } = rig();
  const { id } = templates.create({ name: 'Welcome', message });
  expect(templates.remove({ id })).toEqual({ removed: true });
  expect(templates.list().items).toEqual([]);
  expect(() => templates.get({ id })).toThrow('This template no longer exists.');
  expect(templates.restore({ id })).toMatchObject({ name: 'Welcome', message });
  templates.remove({ id });
  templates.create({ name: 'welcome', message: {} });
  expect(() => templates.restore({ id })).toThrow('There is already a template called “Welcome”.');
  clock.advance(86_400_001);
  templates.tidy();
  expect(() => templates.restore({ id })).toThrow('This template no longer exists.');
});
