import { LinkButton } from "@/components/ui/button";
import { plus } from "@/components/ui/icons";
import { TextLink } from "@/components/ui/link";
import { Row, Rows } from "@/components/ui/rows";
import { type SettingsDocument, textAt, valueAt } from "@/lib/shared/settings/document";
import { vlanKindOf } from "@/lib/wlans/sections/vlan";

type WlansPanelProps = { wlans: readonly { id: string; document: SettingsDocument }[]; orgId: string; /** With the permission only. */ addHref?: string };

const securityNames: Readonly<Record<string, string>> = { psk: "Personal", eap: "Enterprise" };
const vlanNames = { untagged: "untagged", tagged: "VLAN", pool: "VLAN pool", dynamic: "dynamic VLAN" } as const;

function factsOf(document: SettingsDocument): string {
  const kind = vlanKindOf(document);
  const id = kind === "tagged" ? ` ${String(valueAt(document, "vlan_id"))}` : "";
  return [securityNames[textAt(document, "auth.type")] ?? "Open", `${vlanNames[kind]}${id}`, ...(valueAt(document, "enabled") === false ? ["off"] : []), ...(valueAt(document, "hide_ssid") === true ? ["hidden"] : [])].join(", ");
}

/** The WLANs of a template with how they are set up. */
export function WlansPanel({ wlans, orgId, addHref }: WlansPanelProps) {
  return (
    <>
      {wlans.length === 0 && <p className="text-muted">There are no WLANs yet.</p>}
      {wlans.length > 0 && (
        <Rows label="WLANs">
          {wlans.map(({ id, document }) => (
            <Row key={id} title={<TextLink href={`/orgs/${orgId}/wlans/${id}`}>{textAt(document, "ssid")}</TextLink>} facts={[factsOf(document)]} />
          ))}
        </Rows>
      )}
      {addHref && <p><LinkButton href={addHref} icon={plus}>Add WLAN</LinkButton></p>}
    </>
  );
}
