import type { TemplateId } from '../../../contract/ids.ts';
import { Refusal } from '../../../contract/problem.ts';
import type { Template } from '../../../contract/templates.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import { changedElsewhere, mustStillBe } from '../../base/must-still-be.ts';
import type { WritableDb } from '../../store/database.ts';
import { KEPT_MS } from './draft-service.ts';
import { refuseTooLarge } from './size-of-content.ts';
import { createTemplateStore } from './template-store.ts';

type ById = { id: TemplateId };
interface TemplateChange {
  name?: string | undefined;
  message?: Template['message'] | undefined;
  was?: { name?: string | undefined; updatedAt?: number | undefined } | undefined;
}

/** Messages that are kept as a starting point. */
export interface Templates {
  list(): { items: Omit<Template, 'message'>[] };
  get(input: ById): Template;
  create(template: Pick<Template, 'name' | 'message'>): Template;
  /**
   * @param change `was`: what the caller saw
   * @throws Refusal CONFLICT if that is out of date, or another one has the name
   */
  update(change: ById & TemplateChange): Template;
  remove(input: ById): { removed: boolean };
  restore(input: ById): Template;
  /** Forgets those that were deleted long ago. */
  tidy(): void;
}

export function createTemplates({
  db,
  changes,
  clock,
}: {
  db: WritableDb;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
}): Templates {
  const store = createTemplateStore(db);
  const told = () => {
    changes.publish('templates');
  };
  const mustGet = (id: TemplateId): Template => {
    const template = store.get(id);
    if (template === null) throw new Refusal('NOT_FOUND', UNKNOWN);
    return template;
  };
  return {
    list: () => ({ items: store.list() }),
    get: ({ id }) => mustGet(id),
    create({ name, message }) {
      refuseTooLarge(message);
      const id = store.add(name, message, clock.now());
      if (id === null) throw nameTaken(name);
      told();
      return mustGet(id);
    },
    update({ id, name, message, was }) {
      refuseTooLarge(message ?? {});
      const before = mustGet(id);
      mustStillBe({ name: before.name }, { name: was?.name });
      // A message is large: the time of its last change says as much.
      if (was?.updatedAt !== undefined && was.updatedAt !== before.updatedAt)
        throw changedElsewhere('message');
      const next = { id, name: name ?? before.name, message: message ?? before.message };
      // Two changes within a millisecond must differ too: this time tells a caller which version it saw.
      if (!store.update(next, Math.max(clock.now(), before.updatedAt + 1))) throw nameTaken(next.name);
      told();
      return mustGet(id);
    },
    remove({ id }) {
      const removed = store.remove(id, clock.now());
      if (removed) told();
      return { removed };
    },
    restore({ id }) {
      const name = store.removedName(id);
      if (name !== null && !store.putBack(id)) throw nameTaken(name);
      if (name !== null) told();
      return mustGet(id);
    },
    tidy() {
      store.drop(clock.now() - KEPT_MS);
    },
  };
}

const UNKNOWN = {
  code: 'template-unknown',
  cause: 'This template no longer exists.',
  cure: 'Choose another template.',
};

const nameTaken = (name: string) =>
  new Refusal('CONFLICT', {
    code: 'template-name-taken',
    cause: `There is already a template called “${name}”.`,
    cure: 'Use another name.',
    field: 'name',
  });
