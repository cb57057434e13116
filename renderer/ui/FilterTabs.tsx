import { formatCount } from '../format/numbers.ts';
import './filter-tabs.css';

export interface FilterTab<Value extends string> {
  value: Value;
  label: string;
  count?: number | undefined;
}

interface FilterTabsProps<Value extends string> {
  label: string;
  tabs: readonly FilterTab<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** Narrows a list: one of a few choices, each with its count. */
export function FilterTabs<Value extends string>({ label, tabs, value, onChange }: FilterTabsProps<Value>) {
  return (
    <div className="pd-filter" role="group" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          className="pd-filter__tab"
          aria-pressed={tab.value === value}
          onClick={() => {
            onChange(tab.value);
          }}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="pd-filter__count pd-figures">{formatCount(tab.count)}</span>
          )}
        </button>
      ))}
    </div>
  );
}
