export * from "./accounts";
export * from "./audit";
export * from "./factors";
export * from "./habits";
export * from "./mails";
export * from "./memberships";
export * from "./organizations";
export * from "./sites";
