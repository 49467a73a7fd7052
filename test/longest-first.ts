import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute and more: begun last, one of two cores would wait for them at the end. */
const LONG = [/integration\/crash/, /integration\/roles/, /integration\/learning/, /local\/restart/];

const rankOf = ({ moduleId }: TestSpecification) => {
  const place = LONG.findIndex((long) => long.test(moduleId));
  return place < 0 ? LONG.length : place;
};

/** The long ones first, the others as ever. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => rankOf(one) - rankOf(other));
  }
}
