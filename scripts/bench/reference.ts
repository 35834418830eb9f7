import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { projectPath, projectRoot } from "../start/paths.ts";
import { runProgram } from "../start/run-program.ts";

const home = projectPath(".data", "bench", "reference");
const standalone = path.join(home, ".next", "standalone", path.relative(projectRoot, home));

const files = {
  "package.json": `{ "private": true, "type": "module" }\n`,
  "next.config.mjs": `export default {
  output: "standalone",
  compress: false,
  poweredByHeader: false,
  serverExternalPackages: ["postgres"],
  outputFileTracingRoot: ${JSON.stringify(projectRoot)},
  turbopack: { root: ${JSON.stringify(projectRoot)} },
};
`,
  "app/layout.jsx": `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`,
  "app/empty/page.jsx": `export const dynamic = "force-dynamic";

export default function Page() {
  return <p>Nothing</p>;
}
`,
  "app/plain/route.js": `export const dynamic = "force-dynamic";

export const GET = () => Response.json({ ok: true });
`,
  "app/page.jsx": `import postgres from "postgres";

export const dynamic = "force-dynamic";

const sql = postgres(process.env.DATABASE_URL, { max: 10 });

export default async function Page() {
  const rows = await sql\`
    select id, occurred_at, actor, email, site, message, address from bench.entries
    order by occurred_at desc, id desc limit 50\`;
  return (
    <table>
      <thead>
        <tr><th>Timestamp</th><th>Admin</th><th>Email</th><th>Site</th><th>Message</th><th>Address</th></tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.occurred_at.toISOString()}</td>
            <td>{row.actor}</td>
            <td>{row.email}</td>
            <td>{row.site}</td>
            <td>{row.message}</td>
            <td>{row.address}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
`,
};

const versionOf = (name: string) => readFileSync(projectPath("node_modules", name, "package.json"), "utf8");

function fingerprint(): string {
  const hash = createHash("sha256").update(JSON.stringify(files));
  for (const name of ["next", "react", "postgres"]) hash.update(versionOf(name));
  return hash.digest("hex");
}

/** Builds the baseline once: a minimal Next.js app that all figures are compared with. */
export async function buildReference(): Promise<{ file: string; cwd: string }> {
  const stamp = path.join(home, "built-from");
  const program = { file: path.join(standalone, "server.js"), cwd: standalone };
  if (existsSync(stamp) && existsSync(program.file) && readFileSync(stamp, "utf8") === fingerprint()) return program;
  console.log("Building the reference app (once)");
  rmSync(home, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), text);
  }
  const next = projectPath("node_modules", "next", "dist", "bin", "next");
  await runProgram("The build of the reference", [next, "build", home], {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
  });
  cpSync(path.join(home, ".next", "static"), path.join(standalone, ".next", "static"), { recursive: true });
  writeFileSync(stamp, fingerprint());
  return program;
}
