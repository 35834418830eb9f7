import * as z from "zod/mini";
import { password } from "@/lib/vocabulary/sent";

export const OwnPassword = password("Enter your password");

export const ConfirmIdentity = z.object({ password: OwnPassword });
