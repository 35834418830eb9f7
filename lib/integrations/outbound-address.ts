import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";

const globalUnicast = ipaddr.parseCIDR("2000::/3");

// Azure's metadata service, in a range that is public otherwise.
const metadata = ["168.63.129.16"];

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, network: [ipaddr.IPv4 | ipaddr.IPv6, number]) =>
  address.kind() === network[0].kind() && address.match(network);

const isOwnInterface = (address: string) =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some((own) => ipaddr.parse(own.address).toString() === address));

/**
 * Whether requests may go to an IP address: a public one that is not of this machine, or one of the networks that the
 * operator allows. Forms that carry another address (IPv4-mapped, NAT64, 6to4, Teredo) are not public.
 */
export function isAllowedAddress(text: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (networks.some((network) => isWithin(address, ipaddr.parseCIDR(network)))) return true;
  if (address.range() !== "unicast") return false;
  if (address.kind() === "ipv6" && !isWithin(address, globalUnicast)) return false;
  const canonical = address.toString();
  return !metadata.includes(canonical) && !isOwnInterface(canonical);
}
