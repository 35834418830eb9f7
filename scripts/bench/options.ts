import { parseArgs } from "node:util";

/** How the bench is run. */
export type Options = { rounds: number; seconds: number; only: string; tenMillion: boolean; profile: string; equalTime: boolean };

const usage = `npm run bench -- [options]
  --rounds 7       rounds, of which the medians are taken
  --seconds 2      how long each page is asked in a round
  --only audit     only the pages whose name holds this
  --ten-million    also an organization of 10 million entries
  --profile NAME   instead of measuring, show where the processor time of one page goes
  --equal-time     instead, whether answers take as long for addresses with an account as for others`;

function positive(name: string, value: string, max: number): number {
  const number = Number(value);
  if (!(number > 0 && number <= max)) throw new Error(`--${name} must be above 0 and at most ${max}\n${usage}`);
  return number;
}

/** Reads the options of the command line, or says which there are. */
export function readOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        rounds: { type: "string", default: "7" },
        seconds: { type: "string", default: "2" },
        only: { type: "string", default: "" },
        "ten-million": { type: "boolean", default: false },
        profile: { type: "string", default: "" },
        "equal-time": { type: "boolean", default: false },
      },
    });
    const { rounds, seconds, only, profile } = values;
    return {
      rounds: Math.ceil(positive("rounds", rounds, 100)),
      seconds: positive("seconds", seconds, 60),
      only,
      profile,
      tenMillion: values["ten-million"],
      equalTime: values["equal-time"],
    };
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${error.message}\n${usage}`, { cause: error });
    throw error;
  }
}
