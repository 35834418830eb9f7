import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IconPath } from "@/components/ui/icon-path";
import { download } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { brand } from "@/lib/brand";
import { requirePerson } from "@/lib/web/page";
import { readOneTimeCookie } from "@/lib/web/one-time-cookie";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import { AccountShell } from "../../shell";
import { KeepForm } from "../forms";

const title = "Recovery codes";

export default async function CodesPage({ searchParams }: PageProps<"/account/two-factor/codes">) {
  const who = await requirePerson();
  const asked = await searchParams;
  const codes = await readOneTimeCookie("codes", who);
  const text = `Recovery codes of ${who.account.email} at ${brand().name}. Each works once.\r\n\r\n${codes.join("\r\n")}\r\n`;
  return (
    <AccountShell who={who} title={`${title} · My Account`} notice={asked.notice}>
      <PageHeader title={title} parent={{ label: "My Account", href: "/account" }} />
      <Sections>
        {codes.length === 0 ? (
          <Gone />
        ) : (
          <Section
            title="Store these codes now"
            description="Each opens your account once in place of the app, should you lose your phone. They are not shown again."
          >
            <ul className="grid gap-x-8 gap-y-1 rounded-md bg-sunken px-4 py-3 font-mono text-[13px] sm:grid-cols-2" aria-label={title}>
              {codes.map((code) => <li key={code}>{code}</li>)}
            </ul>
            <div className="form-end">
              <a className="button" href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download="recovery-codes.txt">
                <IconPath d={download} />
                Download as text
              </a>
              <CopyButton value={codes.join("\n")} label="codes" inWords />
            </div>
            <KeepForm next={safeRedirectPath(asked.next)} />
          </Section>
        )}
      </Sections>
    </AccountShell>
  );
}

function Gone() {
  return (
    <Section title="There is nothing to show">
      <p>Recovery codes are shown once, when they are made. Should yours be lost, make new ones: the old ones then no longer work.</p>
      <p><LinkButton href="/account?dialog=recovery-codes" variant="primary">New recovery codes</LinkButton></p>
    </Section>
  );
}
