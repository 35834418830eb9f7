import { AuthLayout } from "@/components/layout/auth-layout";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { brand } from "@/lib/brand";
import { getEnrollment } from "@/lib/sdk-enrollment/queries";
import { publicPage } from "@/lib/web/public-page";
import { setResponseStatus } from "@/lib/web/response-status";

export default publicPage(async ({ token }) => {
  const { name: product, url, instance } = brand();
  const found = await getEnrollment(token);
  if (!found) {
    setResponseStatus(404);
    return (
      <AuthLayout product={product} title="This key doesn’t work">
        <p>It was revoked, or the link is incomplete. Ask the person who gave it to you for a new one.</p>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout product={product} title={`Enroll an app in ${found.organization}`}>
      <p>This link is for an app that is built with the mobile SDK. Scan its code with the app, or give the app the link.</p>
      <DescriptionList>
        <Description term="Organization">{found.organization}</Description>
        <Description term="Organization ID">{found.organizationId}</Description>
        <Description term="Key">{found.name}</Description>
        <Description term="Portal">{url}</Description>
        <Description term="Instance">{instance}</Description>
      </DescriptionList>
      <p>The key works now. Nothing else needs to be done in this browser.</p>
    </AuthLayout>
  );
});
