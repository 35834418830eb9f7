import { AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { emailTokenMessages } from "@/lib/accounts/rules";
import { brand } from "@/lib/brand";

type InvalidLinkProps = { state: keyof typeof emailTokenMessages; title?: string; text?: string; next: { label: string; href: string } };

/** The page of an emailed link that is used, expired or unknown, with the next step. */
export function InvalidLink({ state, title, text, next }: InvalidLinkProps) {
  return (
    <AuthLayout product={brand().name} title={title ?? emailTokenMessages[state].title}>
      <p>{text ?? emailTokenMessages[state].text}</p>
      <LinkButton href={next.href} variant="primary">
        {next.label}
      </LinkButton>
    </AuthLayout>
  );
}
