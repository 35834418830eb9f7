import { redirect } from "next/navigation";
import { BareShell } from "@/components/layout/bare-shell";
import { PageHeader } from "@/components/ui/page-header";
import { brand } from "@/lib/brand";
import { getLegalText } from "@/lib/legal-texts/queries";
import type { LegalTextName } from "@/lib/legal-texts/rules";

const titles: Record<LegalTextName, string> = { terms: "Terms of use", privacy: "Privacy notice" };

/** The page of a legal text; leads to the operator's own page when there is one. */
export function LegalText({ name }: { name: LegalTextName }) {
  const { name: product, termsUrl, privacyUrl } = brand();
  const url = { terms: termsUrl, privacy: privacyUrl }[name];
  if (url !== `/${name}`) redirect(url);
  return (
    <BareShell product={product}>
      <PageHeader title={titles[name]} />
      <article className="grid max-w-[72ch] gap-5 px-gutter pb-10 wrap-anywhere">
        {getLegalText(name).map(({ heading, paragraphs }) => (
          <div key={heading} className="grid gap-2">
            {heading && <h2 className="text-lg font-semibold">{heading}</h2>}
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        ))}
      </article>
    </BareShell>
  );
}
