/** Every queue, so that the migration can create them; what runs in one is defined in its area's jobs. */
export const queueNames = ["mail.deliver", "mail.tidy", "account.recover", "account.sign_up", "session.refuse", "session.tidy", "audit.maintain", "password.remind"] as const;
export type QueueName = (typeof queueNames)[number];

const dependable = { retryLimit: 12, retryDelay: 5, retryBackoff: true, retryDelayMax: 900, heartbeatSeconds: 10, expireInSeconds: 120 };

export const queueOptions: Record<QueueName, typeof dependable> = {
  // A quarter of an hour apart, these last for more than three days: a provider may be away over a weekend (REL-7).
  "mail.deliver": { ...dependable, retryLimit: 320 },
  "mail.tidy": { ...dependable, retryLimit: 3 },
  "account.recover": dependable,
  "account.sign_up": dependable,
  "session.refuse": dependable,
  "session.tidy": { ...dependable, retryLimit: 3 },
  "audit.maintain": { ...dependable, retryLimit: 3 },
  "password.remind": { ...dependable, retryLimit: 0 },
};
