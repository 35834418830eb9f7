import type { OxlintConfig } from "oxlint";

const tests = ["**/*.test.ts", "**/*.test.tsx"];
const app = ["@/app/*", "@/app/**"];
const components = ["@/components/*", "@/components/**"];
const db = ["@/db/*", "@/db/**"];
const drizzle = ["drizzle-orm", "drizzle-orm/*"];
const connections = ["@/db/client", "@/db/transaction", "@/db/pool/**", "@/db/drizzle-adapter"];
const next = ["next", "next/*", "next-auth", "next-auth/*"];
/** Relative paths out of the folder, at any depth. */
const parents = ["../*", "../**"];
/** Relative paths from one top-level folder into another one. */
const relativeTo = (...folders: string[]) => folders.map((folder) => `../**/${folder}/**`);
const libExcept = (...allowed: string[]) => ["@/lib/*", "@/lib/**", ...allowed.map((path) => `!@/lib/${path}`)];

type Boundary = { banned: string[]; reason: string; except?: string[] };

const restrictImports = (patterns: { group: string[]; message: string }[]): NonNullable<OxlintConfig["rules"]> => ({
  "no-restricted-imports": [
    "error",
    {
      paths: [
        { name: "zod", message: "Import * as z from zod/mini: a browser gets only the parts that are used." },
        { name: "@simplewebauthn/browser", message: "Fetch it by components/passkey/dialog, when a page needs it.", allowTypeImports: true },
      ],
      patterns,
    },
  ],
});

/** What files in a folder must not import. For a file that several boundaries match, the last one holds. */
const boundary = (files: string[], { banned, reason, except = [] }: Boundary) => ({
  files,
  excludeFiles: [...tests, ...except],
  rules: restrictImports([{ group: banned, message: reason }]),
});

const boundaries = [
  boundary(["db/**"], {
    banned: [...parents, ...app, ...components, ...libExcept("shared", "shared/**", "areas", "env"), ...next],
    reason: "db may import lib/shared only.",
    except: ["db/seed/**"],
  }),
  boundary(["lib/**"], {
    banned: [...parents, ...app, ...components, "@/lib/web/*", "@/lib/*/commands", "@/lib/*/jobs", ...connections, ...next],
    reason: "An area knows neither Next nor components, and of other areas only schema, queries, rules, internal and area: a command never calls a command.",
    except: ["lib/testing/**"],
  }),
  boundary(["lib/*/rules.ts"], {
    banned: [...parents, ...app, ...components, "@/lib/web/*", "@/lib/*/commands", "@/lib/*/jobs", ...connections, "@/db/tenant-transaction", "@/db/auth-access", ...next],
    reason: "Rules are pure decisions: they read and write nothing.",
  }),
  boundary(["lib/*/schema.ts"], {
    banned: [...parents, ...app, ...components, ...db, ...libExcept("shared", "shared/**"), ...drizzle, ...next],
    reason: "Schemas also run in the browser: zod and lib/shared only.",
  }),
  boundary(["lib/*/area.ts"], { banned: ["*", "!../shared", "!../shared/**"], reason: "A manifest is plain data: it imports lib/shared only." }),
  boundary(["lib/access/**", "lib/kernel/**"], {
    banned: [...parents, ...app, ...components, ...connections, ...libExcept("shared", "access", "kernel", "shared/**", "access/**", "kernel/**", "env"), ...next],
    reason: "The kernel knows no area and no framework.",
  }),
  boundary(["lib/shared/**"], { banned: [...parents, "!../areas.ts", "@/*", "@/**", "!@/lib", "!@/lib/shared", "!@/lib/shared/**", ...drizzle, ...next], reason: "lib/shared also runs in the browser: it imports nothing of ours." }),
  boundary(["lib/web/**"], {
    banned: [...parents, ...app, ...components, "@/db/schema", ...connections, "@/db/tenant-transaction", "@/db/auth-access"],
    reason: "lib/web calls operations; it knows no page, no component and no table.",
  }),
  boundary(["lib/web/*.tsx"], { banned: [...parents, ...app, ...db], reason: "Page wrappers render components and call operations; they import no page and no table." }),
  boundary(["components/**"], {
    banned: [...relativeTo("app", "db", "lib"), ...app, ...db, ...libExcept("shared", "shared/**", "*/schema"), ...drizzle],
    reason: "Components are handed plain values.",
  }),
  boundary(["app/**"], { banned: [...relativeTo("components", "db", "lib"), ...db, ...drizzle, "@/lib/kernel/*"], reason: "Pages and actions call queries and commands; they never see the database." }),
];

export default {
  plugins: ["typescript", "import", "node", "react", "jsx-a11y", "unicorn", "promise"],
  options: { typeAware: true },
  categories: { correctness: "error" },
  rules: {
    "max-lines": ["error", { max: 300 }],
    "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
    "no-restricted-properties": ["error", { object: "sql", property: "raw", message: "Name columns and values; raw SQL is for table definitions." }],
    "node/no-process-env": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "import/no-default-export": "error",
    "typescript/no-misused-spread": "off",
    "typescript/unbound-method": "off",
    "promise/valid-params": "off",
    "jsx-a11y/prefer-tag-over-role": "off",
    "jsx-a11y/no-noninteractive-element-interactions": "off",
    "jsx-a11y/click-events-have-key-events": "off",
    "no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_", ignoreRestSiblings: true }],
    ...restrictImports([]),
  },
  ignorePatterns: [".next", "dist", ".data", "node_modules", "db/migrations", "next-env.d.ts"],
  overrides: [
    ...boundaries,
    {
      files: ["app/**/{page,layout,error,not-found,global-error,loading,default,template}.tsx", "*.config.ts", "*.config.mjs", "emails/**"],
      rules: { "import/no-default-export": "off" },
    },
    { files: ["app/**/{page,layout}.tsx"], rules: { "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }] } },
    { files: ["db/schema/**", "db/rls.ts", "lib/testing/**", "**/*.test.ts"], rules: { "no-restricted-properties": "off" } },
    {
      files: ["lib/env.ts", "instrumentation.ts", "scripts/**", "*.config.ts", "e2e/**", "lib/testing/**", "db/seed/**", ...tests],
      rules: { "node/no-process-env": "off" },
    },
    { files: ["e2e/**", "scripts/**", ...tests], rules: { "max-lines-per-function": "off" } },
    { files: ["components/passkey/dialog.ts"], rules: { "no-restricted-imports": "off" } },
  ],
} satisfies OxlintConfig;
