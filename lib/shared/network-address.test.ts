import fc from "fast-check";
import { expect, test } from "vitest";
import { hostName, ipAddress, isHost, networkHost, optionalNetworkHost } from "@/lib/shared/network-address";

test.each(["proxy", "Edge.Example.COM", "a-b.example", "192.0.2.1", "2001:db8::1", "x".repeat(63), "1x.example.net"])("%s is a host", (text) => {
  expect(networkHost.safeParse(text)).toMatchObject({ success: true, data: text.toLowerCase() });
});

test.each(["", "300.1.1.1", "192.0.2", "-a.example", "a-.example", "a..example", ".example", "a_b.example", "a b", "http://a.example", "a.example:80", "x".repeat(64), "ä.example", "{{host}}"])(
  "%j is no host",
  (text) => {
    expect(networkHost.safeParse(text).success).toBe(false);
  },
);

test("a host name is no address, an address no host name, and the optional host may be empty", () => {
  expect(hostName.safeParse("192.0.2.1").success).toBe(false);
  expect(ipAddress.safeParse("edge.example.com").success).toBe(false);
  expect(optionalNetworkHost.parse(undefined)).toBe("");
  expect(optionalNetworkHost.parse("Edge.example.com")).toBe("edge.example.com");
});

test("every IP address is a host", () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => isHost(address)));
});
