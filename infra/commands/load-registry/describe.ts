import type { Checked, Finding } from '../../../shared/register-files/check.ts';
import type { Loaded } from '../../../shared/store/business-store.ts';

const SHOWN = 10;

/** A finding in a line, with the first entries that it concerns. */
export function describeFinding({ fatal, zh, en, which }: Finding): string {
  const shown = which.slice(0, SHOWN).join(' ') + (which.length > SHOWN ? ` … +${which.length - SHOWN}` : '');
  return `${fatal ? '错误 / error' : '提示 / note'}: ${zh} / ${en}: ${shown}\n`;
}

/** How much a register holds, in a line. */
export function sizesOf({ city, units, divisions, businesses, officers, rules, partners }: Checked): string {
  return [
    `${city}: ${units.length} units`,
    `${divisions.length} townships`,
    `${officers.length} officers`,
    `${rules.length} rules`,
    ...(businesses === undefined ? [] : [`${businesses.length} businesses`]),
    ...(partners === undefined ? [] : [`${partners.length} partners`]),
  ].join(', ');
}

/** What became of the businesses of a list, in a line. */
export function describeLoaded({ added, changed, unchanged, decided }: Loaded): string {
  const kept =
    decided === 0
      ? ''
      : `；其中 ${decided} 户的类别由人决定过，保留决定，不按名单改 / ${decided} of them keep the class that a person decided`;
  return `经营者：新增 ${added}，更新 ${changed}，未变 ${unchanged} / businesses: ${added} added, ${changed} changed, ${unchanged} unchanged${kept}\n`;
}

/**
 * Why a register must not be loaded over the one in force: it was made from another version, and what somebody changed
 * meanwhile would be lost. Undefined when it may; a document without a version is no export, and over nothing nothing is lost.
 */
export function staleness(made: number, inForce: number): string | undefined {
  if (made === 0 || inForce === 0 || made === inForce) return undefined;
  return `文件由第 ${made} 版导出，现行的是第 ${inForce} 版，其间有人改过，没有载入；请重新导出再改，确要覆盖请加 --force / The file was exported from version ${made}, in force is version ${inForce}: somebody changed it meanwhile, nothing was loaded. Export anew and change that, or --force to overwrite`;
}
