const secretName = /password|secret|token|hash|private|(?:^|[._])psk$|(?:^|[._])(?:api_)?key$|^code$/i;

// The password policy holds no password, and a check box that removes a secret does not hold it.
const publicName = /^(?:password_policy|remove)\./;

/** Whether a field of this name holds a secret, which is never shown again, kept in a draft or recorded. */
export const isSecretName = (name: string): boolean => secretName.test(name) && !publicName.test(name);
