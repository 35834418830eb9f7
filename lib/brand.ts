import { env } from "@/lib/env";

export type Region = "global" | "europe";

export type Brand = {
  name: string;
  operator: string;
  supportEmail: string;
  instance: string;
  region: Region;
  url: string;
  elsewhere: Partial<Record<Region, string>>;
  termsUrl?: string;
  privacyUrl?: string;
};

/** The names and addresses under which the operator of this installation shows it. */
export function brand(): Brand {
  const settings = env();
  return {
    name: settings.BRAND_NAME,
    operator: settings.BRAND_OPERATOR,
    supportEmail: settings.BRAND_SUPPORT_EMAIL,
    instance: settings.BRAND_INSTANCE,
    region: settings.BRAND_REGION,
    url: settings.APP_URL,
    elsewhere: { global: settings.BRAND_GLOBAL_URL, europe: settings.BRAND_EUROPE_URL },
    termsUrl: settings.BRAND_TERMS_URL,
    privacyUrl: settings.BRAND_PRIVACY_URL,
  };
}

/** The address of the other installation that serves a region, or null where this one does. */
export function instanceFor(region: Region, { region: own, elsewhere }: Brand = brand()): string | null {
  return region === own ? null : (elsewhere[region] ?? null);
}
