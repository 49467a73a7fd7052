import { findStation } from '../../../shared/jurisdiction/find-station.ts';
import { shortName } from '../../../shared/jurisdiction/registry-index.ts';
import { findDivision } from '../../../shared/understanding/places/find-division.ts';
import type { Gazetteer } from '../../../shared/understanding/places/gazetteer.ts';
import { CommandFailure } from '../command-line.ts';
import { gazetteer as openGazetteer } from '../knowledge.ts';
import { round, share } from './measures.ts';
import { countyWithCity, type Place, registerOf, townshipsOf } from './station-register.ts';
import type { Line, Report, Task, TaskInput } from './task.ts';

interface Town extends Place {
  station: string;
  county: Place;
  city: Place;
  province: string;
}

interface Answer {
  spelling: string;
  text: string;
  expected: string;
  got: string | undefined;
}

const ON = '2026-11-16';
const TAILS = ['', '中心路8号', '某某超市', '新村12号3楼'];

/** Ways to write what stands above the township. */
const ABOVE: readonly [name: string, write: (town: Town) => string][] = [
  ['province, city, county', ({ province, city, county }) => province + city.name + county.name],
  ['city, county', ({ city, county }) => city.name + county.name],
  ['county', ({ county }) => county.name],
  ['county, short', ({ county }) => shortName(county.name)],
  ['nothing', () => ''],
];
const TOWNSHIP: readonly [name: string, write: (town: Town) => string][] = [
  ['whole name', ({ name }) => name],
  ['short name', ({ name }) => shortName(name)],
];

/** Townships with their stations: made-up addresses in every spelling find the station, or the dispatcher, never another. */
export const towns: Task = {
  zh: '乡镇街道到所:用各种写法的虚拟地址检查',
  en: 'townships to stations: made-up addresses in every spelling',
  run: ({ lines, startProgress }: TaskInput): Report => {
    const gazetteer = openGazetteer();
    const known = lines.map((line) => townOf(line, gazetteer));
    const progress = startProgress('towns', known.length);
    const answers = [...Map.groupBy(known, ({ county }) => county.code).values()].flatMap((own) => {
      const [{ county, city }] = own as [Town];
      const register = registerOf({ county, city }, [...new Set(own.map(({ station }) => station))], own);
      return own.flatMap((town) => {
        progress.advance();
        return spelled(town).map(({ spelling, text }): Answer => {
          const found = findStation({ business: { address: text } }, register, ON);
          return { spelling, text, expected: town.station, got: found.found ? found.unit : undefined };
        });
      });
    });
    progress.stop();
    return report(answers);
  },
};

function townOf(line: Line, gazetteer: Gazetteer): Town {
  const { province = '', city = '', county = '', town_keyword: keyword, station } = line;
  const above = [province, city, county].map(String).join('');
  const place = countyWithCity(findDivision(above, gazetteer).code ?? '', gazetteer);
  const town =
    place && townshipsOf(place.county.code, gazetteer).find(({ name }) => name.startsWith(String(keyword)));
  if (place === undefined || town === undefined || typeof station !== 'string') {
    throw new CommandFailure(
      `查不到乡镇街道或者没有 station / no such township, or no station: ${above}${String(keyword)}`,
    );
  }
  return { ...town, ...place, station, province: String(province) };
}

const spelled = (town: Town) =>
  ABOVE.flatMap(([above, writeAbove]) =>
    TOWNSHIP.flatMap(([name, write]) =>
      TAILS.map((tail) => ({
        spelling: `${above} + ${name}`,
        text: writeAbove(town) + write(town) + tail,
      })),
    ),
  );

function report(answers: readonly Answer[]): Report {
  const right = (all: readonly Answer[]) => all.filter(({ got, expected }) => got === expected);
  const open = (all: readonly Answer[]) => all.filter(({ got }) => got === undefined);
  const wrong = answers.filter(({ got, expected }) => got !== undefined && got !== expected);
  return {
    figures: {
      addresses: answers.length,
      right: round(share(right(answers).length, answers.length)),
      wrong: round(share(wrong.length, answers.length)),
      to_dispatcher: round(share(open(answers).length, answers.length)),
    },
    tables: [
      {
        title: 'spellings',
        head: ['spelling', 'n', 'right', 'wrong', 'dispatcher'],
        rows: [...Map.groupBy(answers, ({ spelling }) => spelling)].map(([spelling, own]) => {
          const [good, left] = [right(own).length, open(own).length];
          return [spelling, own.length, good, own.length - good - left, left];
        }),
      },
    ],
    mistakes: wrong.map(({ text, expected, got }) => ({ id: text, field: 'station', expected, got, text })),
  };
}
