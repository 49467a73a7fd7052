import { settled } from '../sms/delivery-reports.ts';
import type { DeliveryStore } from '../store/delivery-store.ts';
import type { NoticeStore, StoredNotice } from '../store/notice-store.ts';

/** A notice, and what its provider says has come of it. */
export type ReportedNotice = StoredNotice & {
  delivery?: { status: 'delivered' | 'failed' | 'pending'; code: string; at: string };
};

/**
 * Notices with what was reported of them. Reports lie by the provider's id and are put together when somebody looks: it does
 * not matter in which order they come, how often, or whether before our own proof is kept.
 */
export function withDeliveries(
  notices: Pick<NoticeStore, 'notices'>,
  deliveries: Pick<DeliveryStore, 'reports'>,
): { notices(number: string): Promise<ReportedNotice[]> } {
  const reported = async (notice: StoredNotice): Promise<ReportedNotice> => {
    if (notice.state !== 'sent' || notice.channel !== 'sms') return notice;
    const report = settled(await deliveries.reports(notice.providerId));
    if (report === undefined) return notice;
    const { status, code, at } = report;
    return { ...notice, delivery: { status, code, at } };
  };
  return { notices: async (number) => Promise.all((await notices.notices(number)).map(reported)) };
}
