"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { buttonClass, buttonRow, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formStack } from "@/components/ui/form-class";

type OpenInNewTabProps = { href: string; name: string };

const after = "/account?notice=organization-created";

/** Opens a new organization in a new tab, or shows a link when the browser blocks that. */
export function OpenInNewTab({ href, name }: OpenInNewTabProps) {
  const router = useRouter();
  const tried = useRef(false);
  const [blocked, setBlocked] = useState(false);

  useEffect(() => {
    if (tried.current) return;
    tried.current = true;
    const tab = window.open(href, "_blank");
    setBlocked(!tab);
    if (!tab) return;
    tab.opener = null;
    router.replace(after, { scroll: false });
  }, [href, router]);

  if (!blocked) return null;
  return (
    <Dialog title="Organization created" closeHref={after}>
      <div className={formStack}>
        <p>Your browser blocked the new tab. {name} is ready:</p>
        <div className={buttonRow}>
          <a className={buttonClass("primary")} href={href} target="_blank" rel="noopener">Open {name}</a>
          <LinkButton href={after}>Done</LinkButton>
        </div>
      </div>
    </Dialog>
  );
}
