import * as z from "zod/mini";
import { Action, Facts, Letter, Paragraph } from "./letter";
import { mail } from "./mail";
import { Link, Name } from "./words";

export const membershipAdded = mail({
  schema: z.strictObject({ organization: Name, role: Name, access: Name, link: Link }),
  subject: ({ organization }, brand) => `You are now an administrator of ${organization} at ${brand.name}`,
  PreviewProps: {
    organization: "Northern Rail Cargo",
    role: "Network Admin",
    access: "the sites Hamburg and Kiel",
    link: "https://portal.example.net/orgs/0199aa",
  },
  Component: ({ organization, role, access, link, brand }) => (
    <Letter
      brand={brand}
      title={`You are now an administrator of ${organization}`}
      preview={`Your role is ${role}; you have access to ${access}.`}
    >
      <Paragraph>The organization is among yours at {brand.name} from now on. Sign in as before.</Paragraph>
      <Facts
        rows={[
          ["Organization", organization],
          ["Role", role],
          ["Site access", access],
        ]}
      />
      <Action href={link} label="Open the organization" />
      <Paragraph>If you did not accept an invitation, change your password and write to us.</Paragraph>
    </Letter>
  ),
});
