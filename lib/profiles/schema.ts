import { z } from "zod";

const typedPassword = (missing: string) => z.string(missing).min(1, missing).max(1_024, "Use at most 128 characters");

export const ChangePassword = z.object({
  currentPassword: typedPassword("Enter your current password"),
  password: typedPassword("Choose a new password"),
});
