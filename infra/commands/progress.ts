import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a command has come, on stderr, so that stdout holds the result alone. */
export interface Progress {
  advance: (by?: number) => void;
  stop: () => void;
}

/** A bar on a terminal; elsewhere (a log file, a pipe) a line every ten per cent. */
export function startProgress(
  label: string,
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  if (total === 0) return { advance: () => undefined, stop: () => undefined };
  return stream.isTTY ? bar(label, total, stream) : lines(label, total, stream);
}

function bar(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const shown = new SingleBar(
    {
      format: `${label} [{bar}] {percentage} % {value}/{total} {duration_formatted} ETA {eta_formatted}`,
      stream,
    },
    Presets.shades_classic,
  );
  shown.start(total, 0);
  return { advance: (by = 1) => shown.increment(by), stop: () => shown.stop() };
}

function lines(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const start = Date.now();
  let done = 0;
  let tenths = 0;
  return {
    advance(by = 1) {
      done += by;
      const reached = Math.floor((done / total) * 10);
      if (reached === tenths) return;
      tenths = reached;
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      stream.write(`${label} ${tenths * 10} % (${done}/${total}, ${seconds} s)\n`);
    },
    stop: () => undefined,
  };
}

/** For work whose end nobody knows: on a terminal the count so far, elsewhere a line every ten thousand. */
export function countEvents(label: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  const every = stream.isTTY ? 500 : 10_000;
  let done = 0;
  return {
    advance(by = 1) {
      done += by;
      if (done % every === 0) stream.write(stream.isTTY ? `\r${label} ${done}` : `${label} ${done}\n`);
    },
    stop() {
      if (stream.isTTY) stream.write(`\r${label} ${done}\n`);
    },
  };
}
