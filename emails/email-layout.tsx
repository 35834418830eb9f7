import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from "@react-email/components";
import { Fragment, type ReactNode } from "react";
import type { Brand } from "@/lib/brand";
import { responsiveCss, light, fontFamily } from "./theme";

const body = { fontFamily: fontFamily, fontSize: "15px", lineHeight: "24px" };
const small = { fontFamily: fontFamily, fontSize: "13px", lineHeight: "20px" };
const wordBreaks = { wordBreak: "break-word", overflowWrap: "anywhere" } as const;

const styles = {
  page: { backgroundColor: light.page, padding: "32px 8px" },
  card: {
    backgroundColor: light.card,
    border: `1px solid ${light.line}`,
    borderRadius: "8px",
    maxWidth: "520px",
    padding: "32px",
    width: "100%",
  },
  brand: { ...small, color: light.quiet, fontWeight: 600, margin: "0 0 24px" },
  title: {
    color: light.text,
    fontFamily: fontFamily,
    fontSize: "20px",
    fontWeight: 600,
    lineHeight: "28px",
    margin: "0 0 16px",
    overflowWrap: "anywhere",
  } as const,
  text: { ...body, ...wordBreaks, color: light.text, margin: "0 0 16px" },
  quiet: { ...small, ...wordBreaks, color: light.quiet, margin: "0 0 8px" },
  link: { ...wordBreaks, color: light.accent, textDecoration: "underline" },
  rule: { borderColor: light.line, borderTop: `1px solid ${light.line}`, margin: "24px 0 16px" },
  button: {
    backgroundColor: light.ink,
    borderRadius: "6px",
    color: light.onInk,
    display: "inline-block",
    fontFamily: fontFamily,
    fontSize: "15px",
    fontWeight: 600,
    lineHeight: "20px",
    padding: "12px 20px",
    textDecoration: "none",
  },
};

const senderLine = ({ name, instance, operator }: Brand) =>
  operator === name ? `${name}, ${instance}` : `${name}, ${instance}, operated by ${operator}`;

type EmailLayoutProps = { brand: Brand; title: string; preview: string; children: ReactNode };

/** The layout of every email: brand, title, content and support address. */
export function EmailLayout({ brand, title, preview, children }: EmailLayoutProps) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <title>{title}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{responsiveCss}</style>
      </Head>
      <Body className="sheet" style={{ margin: 0, padding: 0 }}>
        <Preview>{preview}</Preview>
        <Section className="page" style={styles.page}>
          <Container className="card" style={styles.card}>
            <Text className="quiet" style={styles.brand}>
              {brand.name}
            </Text>
            <Heading as="h1" className="text" style={styles.title}>
              {title}
            </Heading>
            {children}
            <Hr className="rule" style={styles.rule} />
            <SmallText>
              Sent by {senderLine(brand)}. Questions: <SupportLink brand={brand} />
            </SmallText>
          </Container>
        </Section>
      </Body>
    </Html>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="text" style={styles.text}>
      {children}
    </Text>
  );
}

export function SmallText({ children }: { children: ReactNode }) {
  return (
    <Text className="quiet" style={styles.quiet}>
      {children}
    </Text>
  );
}

export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="link" style={styles.link}>
      {children}
    </Link>
  );
}

export function SupportLink({ brand: { supportEmail } }: { brand: Brand }) {
  return <TextLink href={`mailto:${supportEmail}`}>{supportEmail}</TextLink>;
}

/** A button, followed by its full URL for clients that do not show buttons. */
export function ActionButton({ href, label }: { href: string; label: string }) {
  return (
    <Section style={{ margin: "24px 0 16px" }}>
      <Button href={href} className="button" style={styles.button} data-skip-in-text="true">
        {label}
      </Button>
      <Text className="quiet" style={{ ...styles.quiet, margin: "16px 0 0" }}>
        {label} at this address:
        <br />
        <TextLink href={href}>{href}</TextLink>
      </Text>
    </Section>
  );
}

/** Labelled values, one per line. */
export function DetailList({ rows }: { rows: readonly (readonly [label: string, value: string])[] }) {
  return (
    <Paragraph>
      {rows.map(([label, value], index) => (
        <Fragment key={label}>
          {index > 0 && <br />}
          <span className="quiet" style={{ color: light.quiet }}>
            {label}:
          </span>{" "}
          {value}
        </Fragment>
      ))}
    </Paragraph>
  );
}
