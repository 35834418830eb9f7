import { Description, DescriptionList } from "@/components/ui/description-list";
import { alertClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { circleAlert } from "@/components/ui/icons";
import { TextLink } from "@/components/ui/link";
import { type DateTimeOptions, formatDateTime } from "@/lib/shared/format-date-time";
import { Section } from "@/components/ui/section";
import { Tag } from "@/components/ui/tag";
import type { Administrator } from "@/lib/administrators/queries";
import { accessEndText, accessLabel } from "@/lib/administrators/rules";
import { roles } from "@/lib/shared/roles";
import { shownEmail } from "@/lib/web/shown-email";
import { passwordChangedText, statusLabels } from "../labels";

type Shown = Administrator & { inviter: string | null };
type FactsProps = { administrator: Shown; times: DateTimeOptions; description?: string; access?: boolean; /** The page of the sites that the administrator can reach. */ accessHref?: string };

/** Details of an administrator; with the access when the page has no access form. */
export function Facts({ administrator, times, description, access = false, accessHref }: FactsProps) {
  const { email, phone, status, lastSignInAt, invitedAt, expiresAt, inviter, role, accountId } = administrator;
  const { twoFactorEnabledAt, passwordChangedAt: changed, emailFailedAt, accessEndsAt } = administrator;
  const day = (at: Date) => formatDateTime(at, { ...times, shown: "date" });
  const moment = (at: Date | null) => at && formatDateTime(at, times);
  const invited = invitedAt && `${moment(invitedAt)}${inviter ? ` by ${inviter}` : ""}`;
  const facts = [
    ["Email", shownEmail(email)],
    ["Phone", phone],
    ["Last sign-in", accountId ? (moment(lastSignInAt) ?? "Never") : null],
    ["Two-factor authentication", accountId ? (twoFactorEnabledAt ? `On since ${day(twoFactorEnabledAt)}` : "Off") : null],
    ["Password", changed && `Changed ${day(changed)}, ${passwordChangedText(changed)}`],
    ["Invited", invited],
    ["Valid until", accountId || status === "accepted" || emailFailedAt ? null : moment(expiresAt)],
    ["Role", access ? roles[role].label : null],
    ["Site Access", access ? accessLabel(administrator) : null],
    ["Access ends", accessEndsAt && `After ${accessEndText(accessEndsAt, times.zone)}`],
  ] as const;
  return (
    <Section title="Person" description={description}>
      {emailFailedAt && !accountId && (
        <p className={alertClass("bad")}>
          <IconPath d={circleAlert} />
          <span>
            The invitation wasn’t delivered. The mail server refused it on {moment(emailFailedAt)}. If the address is wrong, cancel the invitation and
            invite the person again. If it is right, resend the invitation.
          </span>
        </p>
      )}
      <DescriptionList>
        <Description term="Status">
          <Tag kind={statusLabels[status].kind}>{statusLabels[status].label}</Tag>
        </Description>
        {facts.map(([term, text]) => text && <Description key={term} term={term}>{text}</Description>)}
        {accessHref && (
          <Description term="Effective access">
            <TextLink href={accessHref}>Sites and what gives access to them</TextLink>
          </Description>
        )}
      </DescriptionList>
    </Section>
  );
}
