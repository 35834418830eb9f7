import { createElement, type FunctionComponent, type ReactElement } from "react";
import type * as z from "zod/mini";
import type { Brand } from "@/lib/brand";
import { subjectLine } from "./safe-text";

type Spec<S extends z.ZodMiniObject> = {
  schema: S;
  subject: (props: z.output<S>, brand: Brand) => string;
  Component: FunctionComponent<z.output<S> & { brand: Brand }>;
  PreviewProps: z.input<S>;
};

export type EmailTemplate<S extends z.ZodMiniObject = z.ZodMiniObject> = Spec<S> & {
  compose: (props: unknown, brand: Brand) => { subject: string; element: ReactElement };
};

/** Defines an email template; `compose` parses the props before rendering. */
export function defineEmail<S extends z.ZodMiniObject>(spec: Spec<S>): EmailTemplate<S> {
  return {
    ...spec,
    compose(raw, brand) {
      const props = spec.schema.parse(raw);
      const element = createElement(spec.Component, { ...props, brand });
      return { subject: subjectLine(spec.subject(props, brand)), element };
    },
  };
}
