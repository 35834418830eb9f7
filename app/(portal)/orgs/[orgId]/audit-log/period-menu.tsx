"use client";

import type { ReactNode } from "react";
import { HiddenParams } from "@/components/table/hidden-params";
import { hrefWith, type Params } from "@/components/table/url";
import { buttonClass } from "@/components/ui/button";
import { inputClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { calendar, check, chevronDown } from "@/components/ui/icons";
import { Menu, menuItem } from "@/components/ui/menu";
import type { PeriodOptions } from "./period-options";

const own = ["period", "date", "from", "to"];
const none = { date: undefined, from: undefined, to: undefined };

type PeriodMenuProps = { options: PeriodOptions; params: Params; path: string };

/** The time period menu: presets as links, a date and a range as forms. */
export function PeriodMenu({ options, params, path }: PeriodMenuProps) {
  const { choice, value, links } = options;
  return (
    <Menu id="period" label="Time period" value={value} only="value" icon={calendar} on={choice !== "today"}>
      {links.map((link) => (
        <a
          key={link.value}
          href={hrefWith(path, params, { ...none, period: link.value === "today" ? undefined : link.value })}
          aria-current={choice === link.value ? "true" : undefined}
        >
          {link.label}
          {choice === link.value && <IconPath d={check} />}
        </a>
      ))}
      <CustomForms options={options} params={params} path={path} />
    </Menu>
  );
}

function CustomForms({ options: { choice, labels, bounds, date, from, to }, params, path }: PeriodMenuProps) {
  const day = { type: "date", className: inputClass, min: bounds.firstDate, max: bounds.lastDate, required: true };
  const moment = { type: "datetime-local", className: inputClass, min: bounds.firstTime, max: bounds.lastTime, required: true };
  const custom = { params, path };
  return (
    <>
      <Custom choice="date" label={labels.date} open={choice === "date"} {...custom}>
        <label className="grid gap-1">
          Date
          <input {...day} name="date" defaultValue={date} />
        </label>
      </Custom>
      <Custom choice="range" label={labels.range} open={choice === "range"} {...custom}>
        <label className="grid gap-1">
          Start
          <input {...moment} name="from" defaultValue={from} />
        </label>
        <label className="grid gap-1">
          End
          <input {...moment} name="to" defaultValue={to} />
        </label>
      </Custom>
    </>
  );
}

type CustomProps = { choice: "date" | "range"; label: string; open: boolean; params: Params; path: string; children: ReactNode };

function Custom({ choice, label, open, params, path, children }: CustomProps) {
  return (
    <details name="custom-period" open={open}>
      <summary className={menuItem}>
        {label}
        <IconPath d={open ? check : chevronDown} />
      </summary>
      <form action={path} className="grid gap-2 p-2" aria-label={label}>
        <HiddenParams params={params} without={own} />
        <input type="hidden" name="period" value={choice} />
        {children}
        <button className={buttonClass("primary")}>Apply</button>
      </form>
    </details>
  );
}
