import type { PagePerson } from '../../../../contract/http.ts';
import { MAX_ATTRIBUTES, MAX_TAGS, PAGE_ATTRIBUTES, TEST_GROUP_TAG } from '../../../../contract/people.ts';
import type { FactStore } from './fact-store.ts';
import { tagKey, type Facts } from './facts.ts';
import type { PersonValues } from './people-store.ts';
import { withPage, without } from './person-changes.ts';

/** How many tags and attribute names the page may introduce that the owner has not used: anyone can make up a link. */
export const MAX_FROM_PAGE = { tags: 100, attributes: 50 };

/** What the page says about a person, kept within bounds. */
export interface PagePeople {
  /** To be called in a transaction. `leftOut`: the tags and attributes for which there was no room. */
  read(told: PagePerson): { change: (before: PersonValues) => PersonValues; leftOut: number };
}

export function createPagePeople({ store, facts }: { store: FactStore; facts: Facts }): PagePeople {
  return {
    read({ tags = [], removeTags = [], attributes = {} }) {
      let newTags = MAX_FROM_PAGE.tags - store.pageCount('tag');
      let newNames = MAX_FROM_PAGE.attributes - store.pageCount('attribute');
      const keptTags = tags.filter((tag) => {
        // Anyone who joined the test group would get messages that are not ready.
        if (tagKey(tag) === tagKey(TEST_GROUP_TAG)) return false;
        if (store.tag(tagKey(tag)) !== null) return true;
        newTags -= 1;
        return newTags >= 0;
      });
      const keptAttributes = Object.entries(attributes).filter(([name]) => {
        const isOurs = (PAGE_ATTRIBUTES as readonly string[]).includes(name);
        if (isOurs || store.attribute(name) !== null) return true;
        newNames -= 1;
        return newNames >= 0;
      });
      const all = tags.length + Object.keys(attributes).length;
      const gone = removeTags
        .filter((tag) => tagKey(tag) !== tagKey(TEST_GROUP_TAG))
        .flatMap((tag) => store.tag(tagKey(tag))?.id ?? []);
      return {
        leftOut: all - keptTags.length - keptAttributes.length,
        change(before) {
          const left = without(before.tags, gone);
          // What the owner took away stays away.
          const wanted = keptTags.filter((tag) => !before.removedTags.includes(tagKey(tag)));
          const ids = facts.tagIds(wanted, true);
          const roomForTags = Math.max(0, MAX_TAGS - left.length);
          const isKnown = (name: string) => Object.hasOwn(before.attributes, name);
          const roomForNames = Math.max(0, MAX_ATTRIBUTES - Object.keys(before.attributes).length);
          const known = keptAttributes.filter(([name]) => isKnown(name));
          const fresh = keptAttributes.filter(([name]) => !isKnown(name)).slice(0, roomForNames);
          return withPage(before, {
            tags: ids.filter((id) => !left.includes(id)).slice(0, roomForTags),
            removeTags: gone,
            attributes: Object.fromEntries([...known, ...fresh]),
          });
        },
      };
    },
  };
}
