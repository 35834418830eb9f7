import { expect, test } from "vitest";
import { ServiceUnavailableError } from "@/lib/integrations/service-errors";
import { isOverdue, retrySeconds, trackService } from "@/lib/mail/rules";

test("REL-7: an email is retried after five seconds, then ever later up to a quarter of an hour, for a week", () => {
  expect([1, 2, 3, 8, 9, 500].map(retrySeconds)).toEqual([5, 10, 20, 640, 900, 900]);
  const now = Date.parse("2026-11-30T12:00:00Z");
  const daysOld = (days: number) => new Date(now - days * 86_400_000);
  expect([0, 3, 6.9, 7.1].map((days) => isOverdue(daysOld(days), now))).toEqual([false, false, false, true]);
});

test("while the mail service is down, one email probes it after pauses of up to a minute", () => {
  let now = 0;
  const service = trackService(() => now);
  const pauses: number[] = [];
  expect(service.allowed(10)).toBe(10);
  for (let outage = 0; outage < 7; outage += 1) {
    service.failed(new ServiceUnavailableError("down"));
    // Further deliveries that had begun before.
    service.failed(new ServiceUnavailableError("down"));
    const began = now;
    while (service.allowed(10) === 0) now += 1_000;
    expect(service.allowed(10)).toBe(1);
    pauses.push((now - began) / 1_000);
  }
  expect(pauses).toEqual([5, 10, 20, 40, 60, 60, 60]);
  service.succeeded();
  expect(service.allowed(10)).toBe(10);
});

test("a service that says when to try again is left alone until then", () => {
  let now = 0;
  const service = trackService(() => now);
  service.failed(new ServiceUnavailableError("too many", 17));
  now = 16_999;
  expect(service.allowed(2)).toBe(0);
  now = 17_000;
  expect(service.allowed(2)).toBe(1);
});
