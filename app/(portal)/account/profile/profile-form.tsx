"use client";

import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import type { Profile } from "@/lib/profiles/queries";

type ProfileFormProps = { profile: Profile; beforePrivacy: ReactNode; afterPrivacy: ReactNode };

export function ProfileForm({ beforePrivacy, afterPrivacy }: ProfileFormProps) {
  return (
    <>
      <PageHeader title="My Account" />
      <Sections>
        {beforePrivacy}
        {afterPrivacy}
      </Sections>
    </>
  );
}
