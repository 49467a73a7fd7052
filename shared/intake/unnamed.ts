/** Stands where a name should be, of somebody who was not asked for it: a text message, a call. The desk asks and corrects it. */
export const UNNAMED = '未留姓名';
