import { redirect } from "next/navigation";
import { getRequestedEmail } from "@/lib/accounts/queries";
import { publicPage } from "@/lib/web/public-page";
import { sendResetAgainAction } from "../../actions";
import { CheckMail } from "../../check-mail";

export default publicPage(async ({ query }) => {
  const { request, notice } = query;
  const address = await getRequestedEmail("recover", request);
  if (!address) redirect("/recover");
  return (
    <CheckMail about="Forgot password" request={String(request)} notice={notice} again={sendResetAgainAction}>
      <p>
        If <b>{address}</b> has an account, we sent it an email. Open its link within 60 minutes to choose a new password.
      </p>
    </CheckMail>
  );
});
