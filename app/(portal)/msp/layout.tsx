import { AppFrame } from "@/app/(portal)/app-frame";
import { accountShell } from "@/lib/web/shell";

export default async function MspLayout({ children }: LayoutProps<"/msp">) {
  return <AppFrame data={await accountShell()}>{children}</AppFrame>;
}
