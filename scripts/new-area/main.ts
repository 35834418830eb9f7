import { spawnSync } from "node:child_process";
import { pinnedNode, projectPath, projectRoot } from "../start/paths.ts";
import { areaNames } from "./area-names.ts";
import { writeArea } from "./write-area.ts";

function generateMigration(name: string) {
  const args = [projectPath("node_modules", "drizzle-kit", "bin.cjs"), "generate", "--name", name];
  const { status, stdout, stderr } = spawnSync(pinnedNode, args, { cwd: projectRoot, encoding: "utf8" });
  const file = /db\/migrations\/\w+\.sql/.exec(stdout)?.[0];
  if (status !== 0 || !file) throw new Error(`drizzle-kit generate failed:\n${stdout}${stderr}`);
  return file;
}

const [plural, singular, ...rest] = process.argv.slice(2);
try {
  if (!plural || rest.length > 0) throw new Error("Usage: npm run new-area <plural> [<singular>], such as npm run new-area parcels");
  const names = areaNames(plural, singular);
  const files = writeArea(projectRoot, names);
  files.push(generateMigration(`create_${names.table}`));
  console.log(files.join("\n"));
  console.log(`\nThe area ${names.folder} has a list, forms, a CSV file, audit entries and tests. Run npm run check, then describe it in your own words.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
