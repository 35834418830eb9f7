import { HiddenField, SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { IconPath } from "@/components/ui/icon-path";
import { circleCheck } from "@/components/ui/icons";
import { TextLink } from "@/components/ui/link";
import { pagePath } from "@/lib/shared/menu";
import { dismissFirstStepsAction } from "../../account/first-steps/actions";

type Step = { name: string; label: string; description: string; path: string; done: boolean };

/** What is left to set up, with a link to where it is done. */
export function FirstSteps({ orgId, steps }: { orgId: string; steps: readonly Step[] }) {
  const done = steps.filter((step) => step.done).length;
  return (
    <section className="rounded-lg border border-line bg-surface" aria-label="First steps">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
        <h2 className="font-semibold">First steps</h2>
        <p className="flex-1 text-muted">{done} of {steps.length} done</p>
        <ButtonForm action={dismissFirstStepsAction}>
          <HiddenField name="organization" value={orgId} />
          <SubmitButton variant="plain">Dismiss</SubmitButton>
        </ButtonForm>
      </div>
      <ul className="border-t border-line">
        {steps.map((step) => (
          <FirstStep key={step.name} step={step} href={pagePath(orgId, step.path)} />
        ))}
      </ul>
    </section>
  );
}

function FirstStep({ step: { label, description, done }, href }: { step: Step; href: string }) {
  return (
    <li className="flex gap-3 px-4 py-3 not-first:border-t not-first:border-line">
      {done ? (
        <span className="mt-0.5 text-ok">
          <IconPath d={circleCheck} />
        </span>
      ) : (
        <span className="m-px mt-[3px] size-3.5 flex-none rounded-full border border-control" />
      )}
      <div className="min-w-0">
        {done ? <span className="text-muted">{label}</span> : <TextLink href={href}>{label}</TextLink>}
        <small className="block text-sm text-muted">{done ? "Done" : description}</small>
      </div>
    </li>
  );
}
