import { Select, Switch, TextInput } from '@mantine/core';
import { problemOfSchedule } from '../../../electron/core/campaign/schedule-time.ts';
import { oddityWords, scheduleWords } from '../../format/schedule-words.ts';
import { OWN_TIME_ZONE, scheduleOf, TIME_ZONES, type TimeFields } from './time-fields.ts';
import './schedule.css';

interface ScheduleFieldsProps {
  value: TimeFields;
  onChange: (value: TimeFields) => void;
  /** Milliseconds since 1970. */
  now: number;
  /** Id of the first field. */
  id?: string;
}

/** A day, a time and a zone, with what they mean in words below. */
export function ScheduleFields({ value, onChange, now, id }: ScheduleFieldsProps) {
  const schedule = scheduleOf(value);
  const problem = schedule === null ? null : problemOfSchedule(schedule, now);
  const oddity = schedule === null || problem !== null ? null : oddityWords(schedule);
  return (
    <div className="pd-schedule">
      <div className="pd-schedule__row">
        <TextInput
          {...(id === undefined ? {} : { id })}
          label="Date"
          type="date"
          value={value.date}
          error={problem !== null}
          onChange={(event) => {
            onChange({ ...value, date: event.currentTarget.value });
          }}
        />
        <TextInput
          label="Time"
          type="time"
          value={value.time}
          error={problem !== null}
          onChange={(event) => {
            onChange({ ...value, time: event.currentTarget.value });
          }}
        />
      </div>
      <Switch
        label="In each recipient’s own time zone"
        description="For everyone whose time zone is known. The subscribe page and the kit report it."
        checked={value.perRecipient}
        onChange={(event) => {
          onChange({ ...value, perRecipient: event.currentTarget.checked });
        }}
      />
      <Select
        label={value.perRecipient ? 'Time zone for the others' : 'Time zone'}
        searchable
        allowDeselect={false}
        limit={200}
        nothingFoundMessage="No such time zone"
        data={[
          {
            group: 'This computer and UTC',
            items: [...new Set([OWN_TIME_ZONE, 'UTC', value.timeZone])],
          },
          {
            group: 'All',
            items: TIME_ZONES.filter((zone) => ![OWN_TIME_ZONE, 'UTC', value.timeZone].includes(zone)),
          },
        ]}
        value={value.timeZone}
        onChange={(timeZone) => {
          if (timeZone !== null) onChange({ ...value, timeZone });
        }}
      />
      <p className="pd-schedule__words" role="status">
        {schedule === null && 'Choose a date and a time.'}
        {problem !== null && (
          <span className="pd-schedule__problem">
            {problem.cause} {problem.cure}
          </span>
        )}
        {schedule !== null && problem === null && scheduleWords(schedule, now)}
      </p>
      {oddity !== null && <p className="pd-schedule__words">{oddity}</p>}
    </div>
  );
}
