import type { FirewallRule } from "@/lib/firewall/rules";
import { addressLifetime, hostsBySet, table } from "./nftables";

const functions = `
# Adds the addresses of hosts to the two sets of a name, or renews them; one that is not seen for a day goes.
allow() {
	set_name=$1
	shift
	for host in "$@"; do
		getent ahostsv4 "$host" | awk '{ print $1 }' | sort -u | renew "\${set_name}_v4" || failed=1
		getent ahostsv6 "$host" | awk '$1 !~ /^::ffff:/ { print $1 }' | sort -u | renew "\${set_name}_v6" || failed=1
	done
}

renew() {
	while read -r address; do
		printf 'add element ${table} %s { %s }\\n' "$1" "$address"
		printf 'delete element ${table} %s { %s }\\n' "$1" "$address"
		printf 'add element ${table} %s { %s timeout ${addressLifetime} }\\n' "$1" "$address"
	done | nft -f -
}
`;

/** A script that looks up the hosts and puts their addresses into the sets of the ruleset. */
export function addressScript({ name }: { name: string }, rules: readonly FirewallRule[]): string {
  const calls = [...hostsBySet(rules)].map(([set, inSet]) => `allow ${set} \\\n${inSet.map(({ host }) => `\t${host}`).join(" \\\n")}`);
  return [
    "#!/bin/sh",
    `# Puts the addresses of the hosts of ${name} into the sets of its nftables ruleset. Run it as root every few minutes.`,
    "set -u",
    "failed=0",
    functions,
    ...calls,
    "",
    'exit "$failed"',
    "",
  ].join("\n");
}
