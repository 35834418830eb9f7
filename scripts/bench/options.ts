import { parseArgs } from "node:util";

/** Options of the benchmark. */
export type Options = { rounds: number; seconds: number; only: string; tenMillion: boolean; profile: string; equalTime: boolean; append: boolean; verifyChain: boolean };

const usage = `npm run bench -- [options]
  --rounds 7       number of rounds; the result is their median
  --seconds 2      seconds per page and round
  --only audit     only pages whose name contains this text
  --ten-million    also an organization with 10 million entries
  --profile NAME   show a CPU profile of one page instead of measuring
  --equal-time     compare response times for existing and missing accounts instead
  --append         compare what a command takes with and without the hash chain of the audit log instead
  --verify-chain   measure the verification of an audit log with a million entries instead (ENTRIES=…)`;

function positive(name: string, value: string, max: number): number {
  const number = Number(value);
  if (!(number > 0 && number <= max)) throw new Error(`--${name} must be above 0 and at most ${max}\n${usage}`);
  return number;
}

/** Parses the command line, or throws an error with the usage. */
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
        append: { type: "boolean", default: false },
        "verify-chain": { type: "boolean", default: false },
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
      append: values.append,
      verifyChain: values["verify-chain"],
    };
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${error.message}\n${usage}`, { cause: error });
    throw error;
  }
}
