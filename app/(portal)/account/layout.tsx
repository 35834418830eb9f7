import { AppFrame } from "@/app/(portal)/app-frame";
import { accountShell } from "@/lib/web/shell";

export default async function AccountLayout({ children }: LayoutProps<"/account">) {
  return <AppFrame data={await accountShell()}>{children}</AppFrame>;
}
