import { describe, expect, it } from 'vitest';
import { messageSchema, type Message } from '../../contract/message.ts';
import type { CampaignSchedule } from '../../contract/schedule.ts';
import { judgeFormat } from './preflight-format.ts';

const NOW = 1_790_000_000_000;
const judge = (change: Partial<Message>, asksReceipts = true, schedule: CampaignSchedule | null = null) => {
  const { blockers, warnings } = judgeFormat(
    { ...messageSchema.parse({ title: 'Hello', url: 'https://a.example/' }), ...change },
    { asksReceipts, now: NOW, schedule },
  );
  return { blockers: blockers.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
};

describe('what is said of a format before the send', () => {
  it('is nothing where the format has room for all of it', () => {
    for (const format of ['pushdesk', 'declarative'] as const)
      expect(judge({ format })).toEqual({ blockers: [], warnings: [] });
  });

  it('is that Safari needs a full address', () => {
    expect(judge({ format: 'declarative', url: '/news' }).warnings).toEqual(['declarative-without-address']);
    expect(judge({ format: 'declarative', actions: [{ title: 'A', url: '/a' }] }).warnings).toEqual([
      'declarative-without-address',
    ]);
    expect(judge({ format: 'declarative', actions: [{ title: 'A', url: '' }] }).warnings).toEqual([]);
  });

  it('is what its worker does not show, and that it sends no receipts where they are wanted', () => {
    const angular = { format: 'angular', imageUrl: '/i.png' } as const;
    expect(judge(angular).warnings).toEqual(['format-ignores', 'format-without-receipts']);
    expect(judge({ format: 'fcm', appBadge: 0 }, false).warnings).toEqual(['format-ignores']);
  });

  it('is that one’s own has no room for receipts', () => {
    expect(judge({ format: 'own', ownFormat: '{"t":"{{title}}"}' }).warnings).toEqual([
      'format-without-receipts',
    ]);
    expect(
      judge({ format: 'own', ownFormat: '{"t":"{{title}}","id":"{{id}}","receipts":"{{receipts}}"}' })
        .warnings,
    ).toEqual([]);
  });

  it('is that a message has more buttons than are shown', () => {
    const actions = [1, 2, 3].map((number) => ({ title: `B${number}`, url: '' }));
    expect(judge({ actions }).warnings).toEqual(['more-buttons-than-shown']);
  });

  it('stands against a message whose time is over', () => {
    expect(judge({ expiresAt: NOW }).blockers).toEqual(['expired']);
    expect(judge({ expiresAt: NOW + 1 }).blockers).toEqual([]);
  });

  it('stands against a message that expires before anyone would get it', () => {
    const nine = { at: '2027-01-15T09:00', timeZone: 'UTC' };
    const at = (expiresAt: number, perRecipient = false) =>
      judge({ expiresAt }, true, perRecipient ? { ...nine, perRecipient } : nine).blockers;
    const start = Date.UTC(2027, 0, 15, 9);
    expect(at(NOW)).toEqual(['expired']);
    expect(at(start)).toEqual(['expires-before-start']);
    expect(at(start + 1)).toEqual([]);
    // Nine o'clock comes 14 hours earlier there.
    expect(at(start - 14 * 3_600_000, true)).toEqual(['expires-before-start']);
    expect(at(start - 14 * 3_600_000 + 1, true)).toEqual([]);
  });
});
