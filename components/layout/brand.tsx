import { AppLink } from "@/components/ui/link";

type BrandProps = { product: string; href: string; className?: string };

/** Logo and product name. */
export function Brand({ product, href, className = "" }: BrandProps) {
  return (
    <AppLink className={`flex min-h-8 items-center gap-2 rounded-md font-brand tracking-[-0.01em] ${className}`} href={href}>
      <svg className="size-5 flex-none" viewBox="0 0 20 20" aria-hidden="true">
        <rect width="20" height="20" rx="5" fill="var(--color-ink)" />
        <rect x="4" y="4" width="4.5" height="12" rx="2.25" fill="var(--color-signal-green)" />
        <rect x="11.5" y="4" width="4.5" height="12" rx="2.25" fill="var(--color-signal-red)" />
      </svg>
      {product}
    </AppLink>
  );
}
