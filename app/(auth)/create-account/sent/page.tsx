import { redirect } from "next/navigation";
import { getRequestedEmail } from "@/lib/accounts/queries";
import { env } from "@/lib/env";
import { sendValidationAgainAction } from "../../actions";
import { CheckMail } from "../../check-mail";

export default async function SentPage({ searchParams }: PageProps<"/create-account/sent">) {
  const { request, notice } = await searchParams;
  const address = await getRequestedEmail("sign_up", request);
  if (!address) redirect("/create-account");
  return (
    <CheckMail about="Create Account" request={String(request)} notice={notice} again={sendValidationAgainAction}>
      <p>
        A mail is on its way to <b>{address}</b>. Open its link within {env().LINK_HOURS} hours and validate the
        address with the password you chose; then you can sign in.
      </p>
    </CheckMail>
  );
}
