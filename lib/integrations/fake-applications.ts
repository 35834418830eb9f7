/** The setting that configures Zoom at a fake provider. */
export const fakeApplications = (issuer: string, tokenEndpoint = `${issuer}/token`): string =>
  JSON.stringify({
    zoom: {
      client_id: "signalbox",
      client_secret: "canary-client-secret",
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: tokenEndpoint,
      revocation_endpoint: `${issuer}/revoke`,
      account_endpoint: `${issuer}/userinfo`,
    },
  });
