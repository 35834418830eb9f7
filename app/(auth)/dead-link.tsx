import { AuthLayout } from "@/components/layout/auth-layout";
import { LinkButton } from "@/components/ui/button";
import { emailTokenMessages } from "@/lib/accounts/rules";
import { brand } from "@/lib/brand";

type DeadLinkProps = { state: keyof typeof emailTokenMessages; title?: string; text?: string; next: { label: string; href: string } };

/** Where a link leads that no longer works: what became of it, and the one next step. */
export function DeadLink({ state, title, text, next }: DeadLinkProps) {
  return (
    <AuthLayout product={brand().name} title={title ?? emailTokenMessages[state].title}>
      <p>{text ?? emailTokenMessages[state].text}</p>
      <LinkButton href={next.href} variant="primary">
        {next.label}
      </LinkButton>
    </AuthLayout>
  );
}
