// The first bytes of unencrypted private keys in PKCS #1, PKCS #8 and SEC 1, as base64.
const keyStart = /MII[A-Za-z0-9+/]{3}IBA[A-H]|M(?:I[GH][A-Za-z0-9+/])AgE[AB]|M[A-H][A-Za-z0-9+/]CAQ[AE]/;

/** Whether a text holds a private key: by its name in a PEM label, or by how one begins. */
export const holdsPrivateKey = (text: string): boolean => /private\s+key/i.test(text) || keyStart.test(text.replaceAll(/\s+/g, ""));
