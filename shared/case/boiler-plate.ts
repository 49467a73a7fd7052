/*
 * Results that say nothing. A case must not be closed with "已处理": the consumer, the manager and the next officer
 * must be able to read what happened.
 */

/** Set phrases of which an empty result is made; what is left without them is what was said. */
const SET_PHRASES =
  /已(?:经)?(?:依法|按规定|妥善|及时)?(?:处理|办理|解决|处置|调解|核实|核查|联系|告知|回复|完成|办结)(?:完毕|完成|好|了)?|按(?:照)?(?:规定|程序|要求|流程)(?:办理|处理)?|依法(?:依规)?(?:办理|处理)?|情况(?:属实|已知悉|已了解)|(?:同意|属实|无|没有|暂无|略|同上|详见附件|其他|不详|测试|满意)|none|n\/a|done|ok|handled|closed|resolved|test/giu;

const SEPARATORS = /[\s\p{P}\p{S}\p{Cf}]+/gu;

/**
 * True when a text says nothing about this case: too short, a set phrase, or one sign repeated.
 * @param least how many letters must be left when set phrases are taken out
 */
export function isBoilerPlate(text: unknown, least: number): boolean {
  if (typeof text !== 'string') return true;
  const said = text.normalize('NFKC').replace(SEPARATORS, '').replace(SET_PHRASES, '');
  return Array.from(said).length < least || new Set(said).size < Math.min(4, least);
}
