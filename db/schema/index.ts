export * from "./accounts";
export * from "./audit";
export * from "./credentials";
export * from "./preferences";
export * from "./email-outbox";
export * from "./memberships";
export * from "./organizations";
export * from "./sites";
