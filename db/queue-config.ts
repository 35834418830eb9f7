/** All queues, created by the migration; each area's jobs define what runs in them. */
export const queueNames = ["mail.deliver", "mail.tidy", "account.recover", "account.sign_up", "session.refuse", "session.tidy", "audit.maintain", "password.remind"] as const;
export type QueueName = (typeof queueNames)[number];

const defaults = { retryLimit: 12, retryDelay: 5, retryBackoff: true, retryDelayMax: 900, heartbeatSeconds: 10, expireInSeconds: 120 };

export const queueOptions: Record<QueueName, typeof defaults> = {
  // Retries every 15 minutes for more than three days, in case a mail provider is down over a weekend.
  "mail.deliver": { ...defaults, retryLimit: 320 },
  "mail.tidy": { ...defaults, retryLimit: 3 },
  "account.recover": defaults,
  "account.sign_up": defaults,
  "session.refuse": defaults,
  "session.tidy": { ...defaults, retryLimit: 3 },
  "audit.maintain": { ...defaults, retryLimit: 3 },
  "password.remind": { ...defaults, retryLimit: 0 },
};
