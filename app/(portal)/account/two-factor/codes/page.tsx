import { buttonRow, LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { download } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { brand } from "@/lib/brand";
import { accountPage } from "@/lib/web/account-page";
import { readOneTimeCookie } from "@/lib/web/one-time-cookie";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import { AcknowledgeCodesForm } from "../forms";

const title = "Recovery codes";

export default accountPage({ title }, async ({ session, query }) => {
  const codes = await readOneTimeCookie("codes", session);
  const text = `Recovery codes of ${session.account.email} at ${brand().name}. Each works once.\r\n\r\n${codes.join("\r\n")}\r\n`;
  return (
    <>
      <PageHeader title={title} parent={{ label: "My Account", href: "/account" }} />
      <Sections>
        {codes.length === 0 ? (
          <Gone />
        ) : (
          <Section
            title="Store these codes now"
            description="If you lose your phone, each code lets you sign in once. They won’t be shown again."
          >
            <ul className="grid gap-x-8 gap-y-1 rounded-md bg-sunken px-4 py-3 font-mono text-[13px] sm:grid-cols-2" aria-label={title}>
              {codes.map((code) => <li key={code}>{code}</li>)}
            </ul>
            <div className={buttonRow}>
              <LinkButton href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} icon={download} download="recovery-codes.txt">
                Download as text
              </LinkButton>
              <CopyButton value={codes.join("\n")} label="codes" inWords />
            </div>
            <AcknowledgeCodesForm next={safeRedirectPath(query.next)} />
          </Section>
        )}
      </Sections>
    </>
  );
});

function Gone() {
  return (
    <Section title="Nothing to show">
      <p>Recovery codes are shown only once. If you lost yours, create new ones. The old ones then stop working.</p>
      <p><LinkButton href="/account?dialog=recovery-codes" variant="primary">New recovery codes</LinkButton></p>
    </Section>
  );
}
