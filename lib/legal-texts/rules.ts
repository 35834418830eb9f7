export type LegalTextName = "terms" | "privacy";

export type LegalSection = { heading: string; paragraphs: string[] };

type Operator = { name: string; operator: string; supportEmail: string; auditDays: number };

/** Splits a text at blank lines into paragraphs, and at lines that begin with "#" into sections. */
export function parseLegalText(text: string): LegalSection[] {
  const blocks = text.replaceAll("\r\n", "\n").split(/\n\s*\n|\n(?=#)|(?<=^#[^\n]*)\n/m);
  const sections: LegalSection[] = [];
  for (const block of blocks.map((part) => part.trim()).filter(Boolean)) {
    const heading = /^#+\s*(.*)$/.exec(block)?.[1];
    if (heading !== undefined) sections.push({ heading, paragraphs: [] });
    else if (sections.length > 0) sections.at(-1)?.paragraphs.push(block);
    else sections.push({ heading: "", paragraphs: [block] });
  }
  return sections;
}

/** The texts that are shown until the operator configures others. */
export const shippedLegalTexts: Record<LegalTextName, (operator: Operator) => string> = {
  terms: ({ name, operator, supportEmail }) => `
# What this is
${name} is a portal to administer networks, run by ${operator}. These terms apply to everyone with an account.

# Your account
Use your own name and an email address that you check. Keep your password, your second factor and your recovery codes to yourself, and tell us if someone else may know them.

You act for the organizations that gave you access. Their Super Users decide what you may see and change, and can end your access at any time.

# What you may not do
Don’t try to reach data of organizations that didn’t give you access, don’t disturb the service for others, and don’t use it for anything illegal.

# Data of your organization
What an organization enters belongs to the organization. We use it to run the service, and for nothing else. What people change is recorded in the organization’s audit log.

# The service
We work to keep ${name} available and correct, and announce planned interruptions where we can. It comes without a guarantee beyond what the law or a written contract with your organization gives you.

# Ending your account
You can delete your account at any time in My Account. We may suspend an account that breaks these terms, and will tell its owner.

# Questions
Write to ${supportEmail}.
`,
  privacy: ({ operator, supportEmail, auditDays }) => `
# Who is responsible
${operator} is responsible for the data in this portal. Questions and requests about your data go to ${supportEmail}.

# What we store
Your account: name, email address, telephone numbers if you give them, your settings, your passkeys, the Google account that you link, the secret of two-factor authentication in encrypted form, and your password as a hash that can’t be read back.

Invitations: the name, email address and telephone number that an organization enters for a person it invites.

Your sessions: time, IP address and browser of each sign-in, so that you can see and end them. They are deleted 15 days after the sign-in.

The audit log: who changed what, when and from which IP address. The organizations you work for can read it. Entries are deleted after ${auditDays} days.

Access reviews: the name, email address and access of the people whose access an organization reviews, who decided and why. Decisions are deleted after ${auditDays} days, also when you have deleted your account.

Emails that we send to you: the content until they are delivered, your address and the kind of email for 30 days.

# What we record only if you allow it
Which pages you open: the kind of page, your account and the time. We never record page content, what you type or where you are. These records are deleted after 90 days, or immediately when you stop allowing it in My Account.

# Cookies
We set only the cookies that sign-in and your settings need. None of them is for advertising, and no other company sets any here.

# Who else gets your data
The organizations that you work for, and companies that deliver our email or run our servers on our behalf. If you sign in with Google, Google learns that you do. We don’t sell your data.

# Your rights
In My Account you can read and correct your data, download it and delete your account. After you delete your account, audit log entries keep your name for 30 days. Then it is removed. Under European law you may also object to the use of your data and complain to a supervisory authority.
`,
};
