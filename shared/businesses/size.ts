/** Measures of how large a business is, and by how many of them its complaints are counted. */
export const SIZE_MEASURES = {
  customers: { zh: '年服务人次', en: 'customers a year', per: 10_000 },
  outlets: { zh: '门店数', en: 'outlets', per: 1 },
  employees: { zh: '从业人数', en: 'employees', per: 100 },
} as const satisfies Record<string, { zh: string; en: string; per: number }>;

export type SizeMeasure = keyof typeof SIZE_MEASURES;
