import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { circleAlert, circleHelp, lock } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";

/** The content of a page that the reader's role does not include. */
export function AccessDenied({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <Sections>
        <Empty title="Your role doesn’t include this page" icon={lock}>
          <p>A Super User of the organization can give you another role.</p>
        </Empty>
      </Sections>
    </>
  );
}

/** The content of a page that does not exist or is not visible to the reader. */
export function NotFound({ home }: { home: string }) {
  return (
    <>
      <PageHeader title="Not found" />
      <Sections>
        <Empty title="There is nothing at this address" icon={circleHelp}>
          <p>It may have been deleted, or you don’t have access to it.</p>
          <LinkButton href={home}>Go to the start page</LinkButton>
        </Empty>
      </Sections>
    </>
  );
}

/** The content in place of a page that whoever is signed in now cannot open, when its form was refused for that account. */
export function FormRefused({ message }: { message: string }) {
  return (
    <>
      <PageHeader title="Another account is signed in" />
      <Sections>
        <Empty title="Your changes weren’t saved" icon={circleAlert} role="alert">
          <p>{message}.</p>
          <LinkButton href="/">Go to the start page</LinkButton>
        </Empty>
      </Sections>
    </>
  );
}
