import * as z from "zod/mini";
import { optionalSingleLine, singleLine } from "./text-schemas";

const hostPattern = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/** Whether a text is an IPv4 or IPv6 address. */
export const isIpAddress = (text: string): boolean => z.union([z.ipv4(), z.ipv6()]).safeParse(text).success;

/** Whether a text is a host name, of one part or several, or an IP address. */
export const isHost = (text: string): boolean => hostPattern.test(text) || isIpAddress(text);

/** An IPv4 or IPv6 address. */
export const ipAddress = singleLine(45).check(z.refine(isIpAddress, "Enter an IP address, like 192.0.2.10"));

/** A host name, without an address. */
export const hostName = singleLine(253).check(z.refine((text) => hostPattern.test(text), "Enter a host name, like status.example.com"), z.toLowerCase());

const hostMessage = "Enter a host name or an IP address, like edge.example.com";

/** A host name or an IP address. */
export const networkHost = singleLine(253).check(z.refine(isHost, hostMessage), z.toLowerCase());

/** A host name, an IP address, or an empty text. */
export const optionalNetworkHost = optionalSingleLine(253).check(z.refine((text) => text === "" || isHost(text), hostMessage), z.toLowerCase());
