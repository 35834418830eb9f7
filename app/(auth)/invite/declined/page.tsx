import { AuthLayout } from "@/components/layout/auth-layout";
import { brand } from "@/lib/brand";
import { publicPage } from "@/lib/web/public-page";

export default publicPage(() => (
  <AuthLayout product={brand().name} title="Invitation declined">
    <p>We’ll notify the person who invited you. You can close this page.</p>
  </AuthLayout>
));
