import * as z from "zod/mini";
import { checkField, textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { optionalSingleLine } from "@/lib/shared/text-schemas";

const maxLength = 300;

const isProxyUrl = (text: string) => ["http:", "https:"].includes(URL.parse(text)?.protocol ?? "") && /^https?:\/\//i.test(text);
const holdsCredentials = (text: string) => /^[a-z]+:\/\/[^/?#]*@/i.test(text);

const proxyUrl = optionalSingleLine(maxLength).check(
  z.refine((text) => !holdsCredentials(text), { error: "Leave out user name and password: everyone who can view this site sees this address", abort: true }),
  z.refine((text) => text === "" || isProxyUrl(text), "Enter an address, like https://proxy.example.com:8080"),
);

export const siteProxy = defineSection({
  id: "site-proxy",
  title: "Site Proxy",
  description: "The proxy through which devices of this site reach the portal.",
  fields: {
    "proxy.url": textField({ label: "Proxy URL", hint: "Without user name and password.", schema: proxyUrl, maxLength, placeholder: "https://proxy.example.com:8080" }),
    "proxy.disabled": checkField({ label: "Turn the proxy off", hint: "The address stays, and devices connect directly." }),
  },
});
