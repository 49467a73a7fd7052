/*
 * Items that the first version of this system wrote (schemaVersion 1), as the present one reads them. Nothing is
 * rewritten: a case is stored in the new form with its next step, its history stays as it was written.
 */

type Item = Readonly<Record<string, unknown>>;

/** Version 1 had complaints only, clocks by name, two sums, and no state after an outcome. */
export function upgradeCase(item: unknown): unknown {
  const found = item as Item;
  if (found?.schemaVersion !== 1) return item;
  const { clocks, recovered, ...rest } = found;
  const sums = (recovered ?? {}) as { agreedFen?: number; provenFen?: number };
  const claimed = (found.complaint as { claimedFen?: number } | undefined)?.claimedFen;
  return {
    ...rest,
    kind: 'complaint',
    clocks: Object.entries((clocks ?? {}) as Record<string, Item>).map(([id, clock]) => ({ id, ...clock })),
    money: {
      ...(claimed === undefined ? {} : { claimed }),
      ...(sums.agreedFen === undefined ? {} : { agreed: sums.agreedFen }),
      ...(sums.provenFen === undefined ? {} : { proven: sums.provenFen }),
    },
    // Version 1 ended here; who was told is not known, so it counts as told.
    state: { refused: 'refused-told', terminated: 'terminated-told' }[String(found.state)] ?? found.state,
  };
}

/** Version 1 kept sums among the facts. */
export function upgradeEvent(item: unknown): unknown {
  const found = item as Item;
  if (found?.schemaVersion !== 1) return item;
  const facts = (found.facts ?? {}) as { claimedFen?: number; agreedFen?: number; provenFen?: number };
  const { agreedFen = facts.provenFen, provenFen, claimedFen } = facts;
  const money = {
    ...(claimedFen ? { claimed: claimedFen } : {}),
    ...(agreedFen ? { agreed: agreedFen } : {}),
    ...(provenFen ? { proven: provenFen } : {}),
  };
  return {
    ...found,
    kind: 'complaint',
    facts: found.type === 'settled' ? { ...facts, agreedFen } : facts,
    ...(Object.keys(money).length > 0 ? { money } : {}),
  };
}
