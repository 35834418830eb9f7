import { AppLink } from "@/components/ui/link";

/** The mark and the name. */
export function Brand({ product, href }: { product: string; href: string }) {
  return (
    <AppLink className="brand" href={href}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <rect width="20" height="20" rx="5" fill="var(--ink)" />
        <rect x="4" y="4" width="4.5" height="12" rx="2.25" fill="var(--signal-green)" />
        <rect x="11.5" y="4" width="4.5" height="12" rx="2.25" fill="var(--signal-red)" />
      </svg>
      {product}
    </AppLink>
  );
}
