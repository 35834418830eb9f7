/** The context to which a secret of the settings of a site is encrypted. */
export const siteSecretAad = (siteId: string, name: string): string => `site_secrets/${siteId}/${name}`;
