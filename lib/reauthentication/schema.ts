import * as z from "zod/mini";
import { requiredPassword } from "@/lib/shared/form-schemas";

export const CurrentPassword = requiredPassword("Enter your password");

export const Reauthenticate = z.object({ password: CurrentPassword });
