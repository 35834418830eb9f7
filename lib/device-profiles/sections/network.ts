import { checkField, choiceField, listField, numberField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { singleLine } from "@/lib/shared/text-schemas";
import { hostField, hostsField, ipv4Field, suffixesField, vlanField, withVariables } from "@/lib/templates/fields";

const variables = "May hold site variables like {{name}}.";
const maxServers = 10;

const ntpServers = hostsField({ label: "NTP servers", hint: `One per line. Empty means those of the site. ${variables}`, max: maxServers });
const dnsServers = { label: "DNS servers", hint: `One per line. ${variables}`, max: maxServers };
const dnsSuffix = { label: "DNS suffixes", hint: "One per line." };

const staticFields = ["ip_config.ip", "ip_config.netmask", "ip_config.gateway"];

/** The IP address of an access point. */
export const ipAddress = defineSection({
  id: "ip-address",
  title: "IP Address",
  description: "How access points get their address.",
  fields: {
    "ip_config.type": choiceField({
      label: "Address",
      options: [
        { value: "dhcp", label: "DHCP" },
        { value: "static", label: "Static", description: "A variable gives each site its own address." },
      ],
    }),
    "ip_config.ip": ipv4Field({ label: "IP address", within: "static", hint: variables }),
    "ip_config.netmask": ipv4Field({ label: "Netmask", within: "static", placeholder: "255.255.255.0" }),
    "ip_config.gateway": ipv4Field({ label: "Gateway", within: "static", hint: variables }),
    "ip_config.dns": hostsField({ ...dnsServers, within: "static" }),
    "ip_config.dns_suffix": suffixesField({ ...dnsSuffix, within: "static" }),
    "ip_config.vlan_id": vlanField({ label: "Management VLAN", placeholder: "Untagged" }),
    "ip_config.mtu": numberField({ label: "Largest packet", placeholder: "Default", min: 576, max: 9_216, unit: "bytes" }),
  },
  check(values) {
    if (values["ip_config.type"] !== "static") return undefined;
    return Object.fromEntries(staticFields.filter((name) => values[name] === undefined).map((name) => [name, "Fill in this field"]));
  },
});

/** The time servers of an access point. */
export const time = defineSection({
  id: "time",
  title: "Time",
  description: "Where access points get the time.",
  fields: { ntp_servers: ntpServers },
});

/** Name and time servers of a switch. */
export const switchNetwork = defineSection({
  id: "network",
  title: "DNS and NTP",
  description: "Where switches get names and the time.",
  fields: {
    dns_servers: hostsField(dnsServers),
    dns_suffix: suffixesField(dnsSuffix),
    ntp_servers: ntpServers,
    use_router_id_as_source_ip: checkField({ label: "Send from the router ID", hint: "For SNMP, syslog, TACACS+ and RADIUS." }),
  },
});

/** Name and time servers of a gateway. */
export const gatewayNetwork = defineSection({
  id: "network",
  title: "DNS and NTP",
  description: "Where gateways get names and the time.",
  fields: {
    dnsOverride: checkField({ label: "Use these DNS servers instead of the site’s" }),
    dns_servers: hostsField(dnsServers),
    dns_suffix: suffixesField(dnsSuffix),
    ntpOverride: checkField({ label: "Use these NTP servers instead of the site’s" }),
    ntp_servers: ntpServers,
    router_id: ipv4Field({ label: "Router ID", hint: `Empty means chosen automatically. ${variables}` }),
  },
});

const maxCommand = 500;

/** Commands that follow the generated configuration. */
export const commands = defineSection({
  id: "commands",
  title: "Additional Commands",
  description: "Junos set commands that follow the generated configuration. They are not checked.",
  fields: {
    additional_config_cmds: listField({ label: "Commands", hint: `One per line. ${variables}`, item: withVariables(maxCommand, singleLine(maxCommand)), max: 200, rows: 6, placeholder: "set snmp location office" }),
  },
});

/** The AeroScout server of an access point. */
export const aeroscout = defineSection({
  id: "aeroscout",
  title: "AeroScout",
  description: "A location server for AeroScout tags.",
  fields: {
    "aeroscout.enabled": checkField({ label: "Enable" }),
    "aeroscout.host": hostField({ label: "Server", hint: variables }),
    "aeroscout.port": numberField({ label: "Port", min: 1, max: 65_535, unit: "UDP", fallback: 1_144 }),
    "aeroscout.locate_connected": checkField({ label: "Locate connected clients, too" }),
  },
  check: (values) => (values["aeroscout.enabled"] === true && values["aeroscout.host"] === undefined ? { "aeroscout.host": "Enter the server" } : undefined),
});
