import * as z from "zod/mini";
import { optionalSingleLine } from "@/lib/shared/text-schemas";
import { secretField, textField } from "./fields";
import { defineSection } from "./section";

const isHttps = (text: string) => text === "" || (URL.canParse(text) && new URL(text).protocol === "https:" && new URL(text).username === "");

export const cloudshark = defineSection({
  id: "cloudshark",
  title: "CloudShark Integration",
  description: "Opens packet captures in your CloudShark account.",
  fields: {
    "cloudshark.apitoken": secretField({ label: "API token" }),
    "cloudshark.url": textField({
      label: "URL",
      hint: "Only for CloudShark Enterprise on your own server.",
      schema: optionalSingleLine(300).check(z.refine(isHttps, "Enter an address that begins with https://")),
      maxLength: 300,
      placeholder: "https://cloudshark.example.com",
    }),
  },
});
