import * as z from "zod/mini";
import { choiceField, secretField, single } from "@/lib/shared/settings/fields";
import { rowsField } from "@/lib/shared/settings/rows";
import { defineSection } from "@/lib/shared/settings/section";
import { isHost } from "@/lib/shared/network-address";
import { passphraseProblem } from "@/lib/shared/ssid";
import { boundedText } from "@/lib/shared/text-schemas";
import { namesIn } from "@/lib/shared/variables";
import { withVariables } from "@/lib/templates/fields";

/** The names of the secrets of a WLAN. */
export const passphraseName = "auth.psk";
export const radiusSecretName = "auth_servers.secret";

const pairwiseOptions = [
  { value: "wpa2-ccmp", label: "WPA2" },
  { value: "wpa3", label: "WPA3" },
  { value: "wpa2-ccmp,wpa3", label: "WPA2 and WPA3" },
] as const;
const pairwiseNames = ["wpa2-ccmp", "wpa3"] as const;
type Pairwise = (typeof pairwiseNames)[number];
const typedPairwise = z.pipe(
  z._default(z.enum(["wpa2-ccmp", "wpa3", "wpa2-ccmp,wpa3"], "Choose one"), "wpa2-ccmp"),
  z.transform((text) => text.split(",") as Pairwise[]),
);

const host = withVariables(253, z.string().check(z.refine(isHost, "Enter a host name or an IP address")));
const isPort = (text: string) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
const port: z.ZodMiniType<string, string> = z.union([z.literal(""), withVariables(64, z.string().check(z.refine(isPort, "Enter a port from 1 to 65535")))]);
const server = z.object({ host, port: z.optional(z.union([z.int().check(z.minimum(1), z.maximum(65_535)), boundedText(64)])) });
const storedPort = z.pipe(port, z.transform((text: string) => (text === "" ? undefined : /^\d+$/.test(text) ? Number(text) : text)));

const maxServers = 8;

export const security = defineSection({
  id: "security",
  title: "Security",
  description: "How clients prove who they are.",
  fields: {
    "auth.type": choiceField({
      label: "Security",
      options: [
        { value: "open", label: "Open", description: "Everyone can join, and nothing is encrypted." },
        { value: "psk", label: "Personal", description: "Everyone uses the same passphrase." },
        { value: "eap", label: "Enterprise", description: "Each person or device signs in at a RADIUS server." },
      ],
    }),
    "auth.pairwise": single<Pairwise[]>({
      label: "Encryption",
      hint: "For Personal and Enterprise.",
      control: { kind: "choice", options: pairwiseOptions, as: "select" },
      value: z.array(z.enum(pairwiseNames)).check(z.maxLength(pairwiseNames.length)),
      form: typedPairwise,
      fallback: ["wpa2-ccmp"],
      format: (chosen = []) => pairwiseNames.filter((name) => chosen.includes(name)).join(","),
    }),
    [passphraseName]: { ...secretField({ label: "Passphrase", hint: "8 to 63 characters. It can hold variables." }), within: "psk" },
    auth_servers: (path) => ({
      ...rowsField({
        label: "RADIUS servers",
        hint: "The first one is asked first. Without a port, 1812 is used.",
        add: "Add Server",
        max: maxServers,
        columns: [
          { key: "host", label: "Host", kind: "text", placeholder: "192.0.2.10", schema: host },
          { key: "port", label: "Port", kind: "number", placeholder: "1812", schema: storedPort },
        ],
        identity: ["host", "port"],
        row: server,
      })(path),
      within: "eap",
    }),
    [radiusSecretName]: { ...secretField({ label: "Shared secret", hint: "The same for all servers." }), within: "eap" },
  },
  secretsSentTo: { [radiusSecretName]: "auth_servers" },
  check(values): Record<string, string> | undefined {
    const passphrase = values[passphraseName];
    const servers = values.auth_servers;
    if (values["auth.type"] === "psk" && typeof passphrase === "string" && passphrase !== "" && namesIn(passphrase).length === 0) {
      const problem = passphraseProblem(passphrase);
      return problem === undefined ? undefined : { [passphraseName]: problem };
    }
    const lacksServer = values["auth.type"] === "eap" && Array.isArray(servers) && servers.length === 0;
    return lacksServer ? { auth_servers: "Add at least one RADIUS server" } : undefined;
  },
});
