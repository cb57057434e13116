import type { draftProcedures } from '../../../contract/drafts.ts';
import type { templateProcedures } from '../../../contract/templates.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import { createDrafts, type Drafts } from './draft-service.ts';
import { createTemplates } from './template-service.ts';

export interface TemplatesArea extends Area<{
  drafts: typeof draftProcedures;
  templates: typeof templateProcedures;
}> {
  readonly drafts: Drafts;
}

export function createTemplatesArea({ store, changes, clock }: Ground): TemplatesArea {
  const drafts = createDrafts({ db: store.db, changes, clock });
  const templates = createTemplates({ db: store.db, changes, clock });
  return {
    drafts,
    procedures: { drafts, templates },
    start() {
      drafts.recover();
    },
    tidy() {
      drafts.tidy();
      templates.tidy();
    },
  };
}
