import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { isAllowedAddress } from "@/lib/integrations/outbound-address";

const refused = {
  "this host": ["0.0.0.0", "0.1.2.3", "0.255.255.255", "::"],
  loopback: ["127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1"],
  private: ["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.255"],
  "link-local": ["169.254.0.1", "169.254.255.254", "fe80::1", "febf::1"],
  "carrier-grade NAT": ["100.64.0.1", "100.100.100.200", "100.127.255.255"],
  "cloud metadata": ["169.254.169.254", "168.63.129.16", "fd00:ec2::254", "192.0.0.192"],
  multicast: ["224.0.0.1", "239.255.255.255", "ff02::1", "ff05::2"],
  "broadcast and reserved": ["255.255.255.255", "240.0.0.1", "254.1.1.1", "192.0.0.8"],
  documentation: ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
  benchmarking: ["198.18.0.1", "198.19.255.255", "2001:2::1"],
  "AS112 and AMT": ["192.31.196.1", "192.175.48.1", "192.52.193.1", "2620:4f:8000::1", "2001:3::1"],
  "IPv4 in IPv6": ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8", "::127.0.0.1", "::7f00:1", "::ffff:0:127.0.0.1"],
  "NAT64, 6to4 and Teredo": ["64:ff9b::7f00:1", "64:ff9b::127.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1", "192.88.99.1", "2001::1", "2001:0:7f00:1::"],
  "unique local and site-local": ["fc00::1", "fdff::1", "fec0::1"],
  "discard, ORCHID, segment routing": ["100::1", "2001:10::1", "2001:20::1", "5f00::1"],
  "outside of global unicast": ["4000::1", "8000::1", "c000::1", "e000::1"],
  "not an address": ["", "localhost", "example.net", "127.0.0.1.example.net", "1.2.3.4:443", "[::1]", "fe80::1%eth0%1", "8.8.8.8/8"],
};

const all = Object.values(refused).flat();

test("WHK-2: the table has at least 60 addresses", () => {
  expect(new Set(all).size).toBeGreaterThanOrEqual(60);
});

test.each(Object.entries(refused))("WHK-2: %s is refused", (_kind, addresses) => {
  expect(addresses.filter((address) => isAllowedAddress(address, []))).toEqual([]);
});

test("WHK-2: public addresses are allowed, those just outside of a refused network too", () => {
  const allowed = ["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "172.15.255.255", "172.32.0.0", "192.167.255.255", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001::1"];
  expect(allowed.filter((address) => !isAllowedAddress(address, []))).toEqual([]);
});

test("WHK-2: an address of this machine's own interfaces is refused", () => {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter((address) => isAllowedAddress(address, []))).toEqual([]);
});

test("WHK-2: a network that the operator allows opens nothing but itself", () => {
  const networks = ["10.20.0.0/16", "192.168.5.7/32", "fd12:3456::/32"];
  const inside = ["10.20.0.1", "10.20.255.255", "192.168.5.7", "fd12:3456::7"];
  expect(inside.filter((address) => !isAllowedAddress(address, networks))).toEqual([]);
  const outside = all.filter((address) => isAllowedAddress(address, networks));
  expect(outside).toEqual([]);
  expect(["10.21.0.1", "192.168.5.8", "fd12:3457::1", "::ffff:10.20.0.1"].filter((address) => isAllowedAddress(address, networks))).toEqual([]);
});
