import { useElementSize } from '@mantine/hooks';
import { fitting } from './fitting.ts';
import './tags.css';

/** Tags on one line: as many as there is room for, then how many more there are. All of them are read out, and are in the tooltip. */
export function Tags({ tags }: { tags: readonly string[] }) {
  const { ref, width } = useElementSize<HTMLSpanElement>();
  const shownCount = fitting(tags, width);
  const more = tags.length - shownCount;
  if (tags.length === 0) return null;
  return (
    <span ref={ref} className="pd-tags" title={tags.join(', ')}>
      {tags.slice(0, shownCount).map((tag) => (
        <bdi key={tag} className="pd-tag pd-cut">
          {tag}
        </bdi>
      ))}
      {more > 0 && (
        <span className="pd-tag pd-tag--more pd-figures" aria-hidden>
          +{more}
        </span>
      )}
      {more > 0 && <span className="pd-hidden-text">{tags.slice(shownCount).join(', ')}</span>}
    </span>
  );
}
