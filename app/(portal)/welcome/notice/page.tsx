import { signOut } from "@/app/(portal)/actions";
import { AuthLayout } from "@/components/layout/auth-layout";
import { Button } from "@/components/ui/button";
import { brand } from "@/lib/brand";
import { getLoginTerms } from "@/lib/login-terms/queries";
import { requireDue } from "@/lib/web/page";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import { AcceptForm } from "./accept-form";

const titles = { user: "Notice to partners", administrator: "Notice to administrators of partners" };

export default async function NoticePage({ searchParams }: PageProps<"/welcome/notice">) {
  const { next } = await searchParams;
  const who = await requireDue("notice", next);
  const { audience, version, paragraphs } = getLoginTerms(who);
  return (
    <AuthLayout product={brand().name} title={titles[audience]} subtitle={`Signed in as ${who.account.email}`}>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <AcceptForm version={version} next={safeRedirectPath(next) ?? ""} />
      <form action={signOut}>
        <Button>Decline</Button>
      </form>
      <p className="below">Shown at each sign-in. Declining signs you out.</p>
    </AuthLayout>
  );
}
