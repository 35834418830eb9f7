"use client";

import { DataTable } from "@/components/table/data-table";
import { FilterMenu, type ListFilter } from "@/components/table/filters";
import { hrefWith, type Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { Empty } from "@/components/ui/empty";
import { IconPath } from "@/components/ui/icon-path";
import { check, globe, shield } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { ruleColumns } from "./columns";
import type { RuleRow } from "./rule-row";

export type InstanceChoice = { id: string; label: string; isOwn: boolean };

type RuleListProps = {
  rows: readonly RuleRow[];
  params: Params;
  path: string;
  instance: InstanceChoice;
  instances: readonly InstanceChoice[];
  filters: readonly ListFilter[];
  views: ViewsMenuProps;
};

export function RuleList({ rows, params, path, instance, instances, filters, views }: RuleListProps) {
  return (
    <DataTable
      caption={`Firewall rules of ${instance.label}`}
      columns={ruleColumns}
      rows={rows}
      rowKey={({ key }) => key}
      params={params}
      path={path}
      page={{ total: rows.length, noun: rows.length === 1 ? "rule" : "rules" }}
      search={{ name: "search", label: "Search rules" }}
      filters={
        <>
          <InstanceMenu instance={instance} instances={instances} params={params} path={path} />
          {filters.map((filter) => (
            <FilterMenu key={filter.name} {...filter} params={params} path={path} />
          ))}
        </>
      }
      narrowedBy={filters.map(({ name }) => name)}
      views={views}
      download={["csv", "json", "nftables", "addresses"]}
      empty={
        <Empty title="No hosts listed" icon={shield}>
          <p>The list of instances has no hosts and ports of {instance.label}. Ask your support contact for them.</p>
        </Empty>
      }
    />
  );
}

type InstanceMenuProps = Pick<RuleListProps, "instance" | "instances" | "params" | "path">;

/** The instances as links; the own one is the default. */
function InstanceMenu({ instance, instances, params, path }: InstanceMenuProps) {
  return (
    <Menu id="instance-menu" label="Instance:" value={instance.label} icon={globe} on={!instance.isOwn}>
      {instances.map(({ id, label, isOwn }) => (
        <a key={id} href={hrefWith(path, params, { instance: isOwn ? undefined : id })} aria-current={id === instance.id ? "true" : undefined}>
          {isOwn ? `${label} (this portal)` : label}
          {id === instance.id && <IconPath d={check} />}
        </a>
      ))}
    </Menu>
  );
}
