import { LinkButton } from "@/components/ui/button";
import { Row, Rows } from "@/components/ui/rows";
import { Tag } from "@/components/ui/tag";
import { countText } from "@/lib/shared/count-text";
import { inBraces } from "@/lib/shared/variables";

type VariablesPanelProps = { variables: readonly { name: string; lacking: number }[]; reached: number; sitesHref: string };

/** The variables of a template with how many sites lack them, and the way to what each site resolves them to. */
export function VariablesPanel({ variables, reached, sitesHref }: VariablesPanelProps) {
  return (
    <>
      <p>{reached === 0 ? "No site uses this template yet." : `${countText(reached, "site")} ${reached === 1 ? "uses" : "use"} this template.`}</p>
      {variables.length === 0 && <p className="text-muted">Its WLANs use no variables.</p>}
      {variables.length > 0 && (
        <Rows label="Variables">
          {variables.map(({ name, lacking }) => (
            <Row key={name} title={<code>{inBraces(name)}</code>}>
              {lacking > 0 && <Tag kind="warn">{countText(lacking, "site")} without a value</Tag>}
            </Row>
          ))}
        </Rows>
      )}
      {reached > 0 && <p><LinkButton href={sitesHref}>Values per Site</LinkButton></p>}
    </>
  );
}
