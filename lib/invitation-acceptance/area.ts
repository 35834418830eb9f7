import { defineArea } from "../shared/define-area.ts";

export const invitationAcceptance = defineArea({
  name: "invitation-acceptance",
  events: {
    "administrator.accepted": "Accepted invitation as {subject}",
    "invitation.declined": "Declined invitation as {subject}",
    "administrator.joined": "Joined as {subject}",
  },
  flashMessages: {
    joined: "You are now an administrator of this organization",
    "sign-in-to-accept": "Sign in with the invited address, then accept the invitation",
  },
  screenshots: [
    { name: "invite", path: "/invite/[invite]", visitor: true },
    { name: "invite-dead", path: "/invite/no-such-link", visitor: true },
    { name: "invite-declined", path: "/invite/declined", visitor: true },
  ],
});
