import * as z from "zod/mini";
import { optionalSingleLine } from "./text-schemas";

const isHttpsUrl = (text: string) => {
  const url = URL.parse(text);
  return url?.protocol === "https:" && url.username === "" && url.password === "";
};

/** The address of a service, or an empty text. */
export const optionalHttpsUrl = (max: number) => optionalSingleLine(max).check(z.refine((text) => text === "" || isHttpsUrl(text), "Enter an address that begins with https://"));
