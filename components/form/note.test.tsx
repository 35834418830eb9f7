import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { otherWindowLabel, selfLabel } from "@/lib/shared/updated-by";
import { Note } from "./note";

const draw = (by: string, kept = true) =>
  renderToStaticMarkup(<Note id="a" name="address" error={undefined} theirs={{ by, now: "Pier 2", kept }} />);

test("X-6: what somebody else saved is theirs to take, what one saved oneself is not", () => {
  expect(draw("Ada Weir")).toMatch(/Ada Weir changed this to “Pier 2”.*Use theirs/);
  for (const by of [selfLabel, otherWindowLabel]) {
    expect(draw(by)).toContain(`${by} changed this to “Pier 2”`);
    expect(draw(by)).toContain("Use that");
    expect(draw(by)).not.toContain("theirs</button>");
  }
  expect(draw("Ada Weir", false)).not.toContain("Use theirs");
});
