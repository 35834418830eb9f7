import { redirect } from "next/navigation";
import { getRequestedEmail } from "@/lib/accounts/queries";
import { env } from "@/lib/env";
import { publicPage } from "@/lib/web/public-page";
import { sendValidationAgainAction } from "../../actions";
import { CheckMail } from "../../check-mail";

export default publicPage(async ({ query }) => {
  const { request, notice } = query;
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
});
