import { orgPage } from "@/lib/web/org-page";
import { createSdkKeyAction } from "../actions";
import { SdkKeyForm } from "./sdk-key-form";

export default orgPage({ permission: "sdk_key.create", title: "Create SDK Key" }, ({ actor: { orgId } }) => (
  <SdkKeyForm action={createSdkKeyAction.bind(null, orgId)} parent={{ label: "Mobile SDK", href: `/orgs/${orgId}/mobile-sdk` }} />
));
