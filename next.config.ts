import type { NextConfig } from "next";

export default {
  output: "standalone",
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  compress: false,
  typedRoutes: false,
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "pg-boss", "postgres", "pino"],
  outputFileTracingRoot: import.meta.dirname,
  experimental: { serverActions: { bodySizeLimit: "1mb" }, preloadEntriesOnStart: false },
} satisfies NextConfig;
