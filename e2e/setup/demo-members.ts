/** Demo members of Tidewater Retail, by their role. */
export const tidewaterMembers = {
  superUser: "mara.okafor@tidewater.example",
  /** Of some sites. */
  networkAdmin: "priya.raman@tidewater.example",
  /** Of some sites. */
  observer: "tomasz.nowak@tidewater.example",
  reporting: "aiko.tanaka@tidewater.example",
} as const;

/** Demo members of Harbourline Logistics, by their role. */
export const harbourlineMembers = {
  superUser: "ada.harbourline@harbourline.example",
  observer: "clara.harbourline@harbourline.example",
} as const;
