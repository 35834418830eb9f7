import { env } from "@/lib/env";

export type Region = "global" | "europe";

export type Brand = {
  name: string;
  operator: string;
  supportEmail: string;
  instance: string;
  region: Region;
  url: string;
  instanceUrls: Partial<Record<Region, string>>;
  termsUrl: string;
  privacyUrl: string;
};

/** Returns the branding of this installation from its settings. */
export function brand(): Brand {
  const settings = env();
  return {
    name: settings.BRAND_NAME,
    operator: settings.BRAND_OPERATOR,
    supportEmail: settings.BRAND_SUPPORT_EMAIL,
    instance: settings.BRAND_INSTANCE,
    region: settings.BRAND_REGION,
    url: settings.APP_URL,
    instanceUrls: { global: settings.BRAND_GLOBAL_URL, europe: settings.BRAND_EUROPE_URL },
    termsUrl: settings.BRAND_TERMS_URL ?? "/terms",
    privacyUrl: settings.BRAND_PRIVACY_URL ?? "/privacy",
  };
}

/** Returns the URL of the installation that serves a region, or null for this installation. */
export function otherInstanceUrl(region: Region, { region: ownRegion, instanceUrls }: Brand = brand()): string | null {
  return region === ownRegion ? null : (instanceUrls[region] ?? null);
}
