import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { FormValues, MergeConflict } from "@/lib/shared/form-state";
import { FormContext } from "./context";
import { PickList } from "./pick-list";
import { matchesText, shownText } from "./pick-texts";

const choices = Array.from({ length: 50 }, (_, at) => ({ id: `id-${at}`, name: `Site ${at}` }));
type Drawn = { values?: FormValues; total?: number; single?: boolean; meanwhile?: MergeConflict };

const draw = ({ values = {}, total = 1_240, single, meanwhile }: Drawn = {}) =>
  renderToStaticMarkup(
    <FormContext value={{ values, errors: {}, pending: false, meanwhile }}>
      <PickList
        name="sites"
        label="Sites to choose from"
        single={single}
        options={{ choices: choices.slice(0, total), total, searchHref: "/sites/options" }}
        byName={{ name: "siteNames", label: "More sites by name, one per line" }}
      />
    </FormContext>,
  );

const labels = (page: string) => [...page.matchAll(/<label [^>]*><input[^>]*\/>([^<]*)<\/label>/g)].map(([, label]) => label);

describe("a picker", () => {
  it("says how many options it shows of how many, and how many are picked", () => {
    const page = draw({ values: { sites: ["id-3", "id-7"] } });
    expect(page).toMatch(/<p [^>]*role="status"[^>]*>50 of 1,240<\/p>/);
    expect(page).toMatch(/<legend[^>]*>.*2 selected.*<\/legend>/);
    expect(page.match(/checked=""/g)).toHaveLength(2);
    expect(labels(page).slice(0, 3)).toEqual(["Site 3", "Site 7", "Site 0"]);
  });

  it("X-5: has a field for names, without script, where it does not show all", () => {
    expect(draw()).toMatch(/<div class="script-off[^"]*">.*<textarea[^>]*name="siteNames"/);
    const complete = draw({ total: 40 });
    expect(complete).not.toContain("siteNames");
    expect(complete).toMatch(/role="status"[^>]*><\/p>/);
  });

  it("X-6: keeps what is picked but not among the options, and shows by name what somebody else saved", () => {
    const meanwhile = { updatedBy: "Ada Weir", fields: { sites: { now: ["far"], kept: true } }, labels: { far: "Farbridge" } };
    const page = draw({ values: { sites: ["gone"] }, meanwhile });
    expect(page).toMatch(/<input type="checkbox" name="sites\[\]" checked="" value="gone"\/>/);
    expect(page).toMatch(/<input type="checkbox" name="sites\[\]" value="far"\/>Farbridge/);
    expect(page).toContain("Ada Weir changed this to “Farbridge”");
  });

  it("offers one choice by radio buttons, which are sent as one value", () => {
    const page = draw({ values: { sites: "id-3" }, single: true });
    expect(page.match(/<input type="radio" name="sites"/g)).toHaveLength(50);
    expect(page).toMatch(/name="sites" checked="" value="id-3"/);
    expect(page).not.toContain("selected");
    expect(page).toMatch(/<input [^>]*name="siteNames"/);
  });

  it("counts in words, up to the limit", () => {
    expect([shownText(50, 50), shownText(50, 1_240), shownText(50, 10_001)]).toEqual(["", "50 of 1,240", "50 of more than 10,000"]);
    expect([matchesText(0, 0), matchesText(1, 1), matchesText(12, 12)]).toEqual(["No results", "1 match", "12 matches"]);
    expect([matchesText(50, 312), matchesText(50, 10_001)]).toEqual(["50 matches, 262 more", "50 matches, more than 9,950 more"]);
  });
});
